import { type AnyCodec } from '../core/codec.js';
import { type XmlElement } from './model.js';
/** Keeps unknown content with a value; one without any is left alone. */
export declare function keepContent(value: object, codec: AnyCodec, element: XmlElement): void;
