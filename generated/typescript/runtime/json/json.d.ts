import type { AnyCodec, Codec } from '../core/codec.js';
/** Reads a JSON text by a codec, as an answer. Throws also what the engine throws (`refused`). */
export declare function readText(codec: AnyCodec, text: string): unknown;
/** Reads a JSON document. Throws `DataError`. */
export declare function fromJson<T>(codec: Codec<T>, document: string | Uint8Array): T;
