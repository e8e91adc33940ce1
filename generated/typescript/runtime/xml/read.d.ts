import { type AnyCodec, type Fields } from '../core/codec.js';
import type { ReadXml } from '../core/facts.js';
import { type XmlElement } from './model.js';
/** Reads each child element by a function, which gives its member; text stands between them only where it is allowed to. */
export declare function readChildren(codec: AnyCodec, element: XmlElement, value: Fields | unknown[], read: (child: XmlElement) => string | null | undefined, text?: boolean): void;
/**
 * Says of each child of an element whether it may stand for one whose namespace it does not have. In another namespace than that
 * of the element around it, it does only where no other child of its name does: beside `title`, `media:title` is foreign content.
 */
export declare function nativesOf({ namespace, children }: XmlElement): (child: XmlElement) => boolean;
/** Reads an element as the root of a document, objects and lists in it by a function; `tolerant`: of an answer. */
export declare function readRoot(codec: AnyCodec, element: XmlElement, parts: ReadXml, tolerant?: boolean): unknown;
