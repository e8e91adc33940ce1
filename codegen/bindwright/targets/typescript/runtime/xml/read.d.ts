import { type AnyCodec } from '../core/codec.js';
import { type Attributed, type Place, type UnknownElements, type XmlElement } from './model.js';
/** What an answer in XML lacks of this: who writes, and who reads documents by hand, keeps what nobody describes. */
export declare const keeping: {
    keep: ((value: object, codec: AnyCodec, element: XmlElement, unknown: UnknownElements, attributed: Attributed) => void) | undefined;
};
/** Reads an element as the root of a document. */
export declare function readRoot(codec: AnyCodec, element: XmlElement): unknown;
/** The place of a root element. */
export declare function rootPlace(codec: AnyCodec): Place;
