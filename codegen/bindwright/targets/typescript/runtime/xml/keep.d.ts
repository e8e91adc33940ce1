import { type AnyCodec } from '../core/codec.js';
import { type XmlElement } from './model.js';
/** What stands behind so many elements of a place is so many steps behind it in `UnknownElements`. */
export declare const itemStep: number;
/** Keeps unknown content with a value; one without any is left alone. */
export declare function keepContent(value: object, codec: AnyCodec, element: XmlElement): void;
