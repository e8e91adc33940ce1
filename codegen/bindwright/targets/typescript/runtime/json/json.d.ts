import type { AnyCodec, Codec, Json } from '../core/codec.js';
/** Reads a JSON text by a codec; `check` is called with what it holds, and absent where an answer is read. */
export declare function readText(codec: AnyCodec, document: string | Uint8Array, check?: (text: string, json: Json) => void): unknown;
/** Reads a JSON document. Throws `DataError`. */
export declare function fromJson<T>(codec: Codec<T>, document: string | Uint8Array): T;
