import { type AnyCodec, type Fields } from '../core/codec.js';
import type { ReadXml } from '../core/facts.js';
import { type KeepXml, type XmlElement } from './model.js';
/** What `xmlAnswers` does without: keeping what nobody describes, for whoever writes and reads by hand, and looking at types. */
export declare const keeping: {
    keep?: KeepXml | undefined;
};
/** Reads each child element by a function, which gives its member; text stands between them only where it is allowed to. */
export declare function readChildren(codec: AnyCodec, element: XmlElement, value: Fields | unknown[], read: (child: XmlElement) => string | null | undefined, text?: boolean): void;
/** Reads an element as the root of a document, objects and lists in it by a function; `tolerant`: of an answer. */
export declare function readRoot(codec: AnyCodec, element: XmlElement, parts: ReadXml, tolerant?: boolean): unknown;
