import { type Json } from '../core/codec.js';
import { type XmlElement } from './model.js';
/** Children by name (an empty one is null), attributes as `@name`, text beside them as `#text`, repeated children as a list. */
export declare function freeOf(element: XmlElement): Json;
