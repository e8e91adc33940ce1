import { type AnyCodec, type Codec } from '../core/codec.js';
/** Reads a document, by its layout where that is known; `tolerant`: an answer. */
export declare function readDocument(codec: AnyCodec, document: string | Uint8Array, tolerant?: boolean): unknown;
/** Reads an XML document. Throws `DataError`. */
export declare function fromXml<T>(codec: Codec<T>, document: string | Uint8Array): T;
