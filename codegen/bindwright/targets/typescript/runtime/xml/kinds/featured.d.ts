import { type AnyCodec } from '../../core/codec.js';
import type { Feature } from '../../core/facts.js';
import { type Reading, type XmlElement } from '../model.js';
/** Reads an object that has more than elements. */
export declare function readFeatured(codec: AnyCodec, element: XmlElement, reading: Reading): unknown;
/** Of objects with members that are called like something that all objects have. */
export declare const inherited: Feature;
