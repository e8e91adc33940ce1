import type { XmlElement } from './model.js';
import { type XmlLimits } from './parse.js';
/** What a document may say of its encoding that is decoded already. */
export declare const anyEncoding: RegExp;
/** The text of a document (XML 1.0, 4.3.3 and F): a byte order mark, else the declaration, else UTF-8. */
export declare function decodeXml(document: string | Uint8Array): string;
/** Parses an XML document in any encoding (1.0, fifth edition, with namespaces). Throws `DataError` for one that is not well-formed. */
export declare function parseXml(document: string | Uint8Array, { depth, size, attributes }?: Partial<XmlLimits>): XmlElement;
