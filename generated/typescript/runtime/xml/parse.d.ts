import { type XmlElement } from './model.js';
/** Where reading stops. */
export interface XmlLimits {
    /** Elements within each other. */
    readonly depth: number;
    /** Characters of a document. */
    readonly size: number;
    /** Attributes and declarations of one element. */
    readonly attributes: number;
}
export declare const limits: XmlLimits;
/** An element that is not closed yet. */
export interface OpenElement extends XmlElement {
    readonly raw: string;
    readonly children: (XmlElement | string)[];
    cdata: string | undefined;
}
/** The characters that references stand for. */
export declare function unescape(text: string): string;
/** Reads nearly all elements faster; who reads many documents sets it: `leaf`. */
export declare const parsing: {
    leaf: typeof leaf | undefined;
};
/** Nearly all elements: a known name, no attributes, and a text; false where it is another one. */
export declare function leaf(parent: OpenElement): boolean;
/** The text of a document (XML 1.0, 4.3.3 and F): a byte order mark, else the declaration, else UTF-8. */
export declare function decodeXml(document: string | Uint8Array): string;
/** Parses an XML document (1.0, fifth edition, with namespaces). Throws `DataError` for one that is not well-formed. */
export declare function parseXml(document: string | Uint8Array, within?: XmlLimits): XmlElement;
