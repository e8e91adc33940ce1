import type { AnyCodec, Codec } from '../core/codec.js';
/** Reads a JSON text, or its octets in UTF-8, by a codec, as an answer. */
export declare function readText(codec: AnyCodec, document: string | BufferSource): unknown;
/** Reads a JSON document. Throws `DataError`. */
export declare function fromJson<T>(codec: Codec<T>, document: string | Uint8Array): T;
