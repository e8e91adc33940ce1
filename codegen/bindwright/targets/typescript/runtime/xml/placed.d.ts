import { type AnyCodec, type Fields } from '../core/codec.js';
import { type Reading, type XmlElement } from './model.js';
/** Reads an object or a list by its places. */
export declare function readPlaced(codec: AnyCodec, element: XmlElement, reading: Reading): unknown;
/** Reads the elements of an object, or of a list; `further` reads one that has no place, and says whether it has. */
export declare function readMembers(codec: AnyCodec, element: XmlElement, value: Fields, reading: Reading, text?: boolean, further?: (child: XmlElement) => boolean): void;
/** Members that were not there. */
export declare function complete(codec: AnyCodec, value: Fields): void;
