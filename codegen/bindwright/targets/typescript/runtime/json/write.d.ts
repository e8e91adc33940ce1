import { type AnyCodec, type Codec } from '../core/codec.js';
/** The JSON text of a value. */
export declare function writeJson(codec: AnyCodec, value: unknown): string;
/** Writes a JSON document. Throws `DataError` for a value that is none of the type. */
export declare function toJson<T>(codec: Codec<T>, value: T): string;
