import { type XmlElement } from './model.js';
/** Where reading stops; absent: 128 elements, 2^28 characters, 256 attributes. */
export interface XmlLimits {
    /** Elements within each other. */
    readonly depth: number;
    /** Characters of a document. */
    readonly size: number;
    /** Attributes and declarations of one element. */
    readonly attributes: number;
}
/** An element that is not closed yet. */
export interface OpenElement extends XmlElement {
    readonly raw: string;
    readonly children: (XmlElement | string)[];
    cdata?: string;
}
/** The characters that references stand for. */
export declare function unescape(text: string): string;
/** Nearly all elements: a name that was met, no attributes, and a text; false where the next one is another. */
export declare function leaf(parent: OpenElement): boolean;
/**
 * Parses the text of an XML document (1.0, fifth edition, with namespaces), which may say that it was in one of some
 * encodings. Throws `DataError` for one that is not well-formed, or goes beyond what `XmlLimits` says.
 */
export declare function parseDocument(document: string, encodings?: RegExp, depth?: number, size?: number, attributes?: number): OpenElement;
