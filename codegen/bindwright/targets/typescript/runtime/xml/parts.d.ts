import type { AnyCodec } from '../core/codec.js';
import { type Reading, type XmlElement } from './model.js';
/** An object or a list whose elements are called as its members or items, and stand in its namespace: nearly all there are. */
export declare function readParts(codec: AnyCodec, element: XmlElement, reading: Reading): unknown;
