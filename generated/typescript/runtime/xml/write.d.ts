import { type AnyCodec, type Codec } from '../core/codec.js';
/** The text of a document. */
export declare function writeRoot(codec: AnyCodec, value: unknown): string;
/** The text of any document. */
export declare function writeTree(codec: AnyCodec, value: unknown): string;
/** Writes an XML document. Throws `DataError` for a value that is none of the type. */
export declare function toXml<T>(codec: Codec<T>, value: T): string;
