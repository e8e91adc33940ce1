import { type AnyCodec } from '../../core/codec.js';
import { type Reading, type XmlElement } from '../model.js';
/** Reads an object that has more than elements. */
export declare function readFeatured(codec: AnyCodec, element: XmlElement, reading: Reading): unknown;
