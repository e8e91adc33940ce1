import type { AnyCodec, Fields } from './codec.js';
import type { OpenTag, Place, ReadPlace, Reading, XmlElement } from '../xml/model.js';
/** Reads an element by a codec. */
export type ReadXml = (codec: AnyCodec, element: XmlElement, reading: Reading) => unknown;
/** A namespace and a local name. */
export type Name = readonly [namespace: string, name: string];
/** Whose conventions whole XML documents follow. */
export interface Profile {
    /** Whether they are .NET's: prefixes are `d`, the depth, `p` and a number; else they are the document's. */
    readonly byDepth: boolean;
}
/** Where one value stands in an XML document. */
export interface Node {
    readonly of?: string;
    readonly name?: string;
    readonly namespace?: string;
    readonly prefix?: string;
    /** All names that it is read by, where they are not `namespace` and `name` alone. */
    readonly names?: readonly Name[];
    readonly nil?: boolean;
    /** A list without an element of its own: name and nil are those of its items. */
    readonly bare?: boolean;
    readonly cdata?: boolean;
    readonly attribute?: boolean;
    /** Its text is a QName, of which the value is the local name. */
    readonly qname?: boolean;
    readonly codec?: () => AnyCodec;
}
/** What XML says of a type; see docs/decisions/0016-typescript.md for what is absent. */
export interface Facts {
    readonly profile?: Profile;
    readonly name?: string;
    readonly namespace?: string;
    readonly prefix?: string;
    readonly nil?: boolean;
    /** All names that the root is read by, where they are not `namespace` and `name` alone. */
    readonly names?: readonly Name[];
    readonly type?: Name | undefined;
    readonly inside?: string;
    readonly declares?: readonly string[];
    /** The members that are elements, in their order; absent: all, of .NET by their names. */
    readonly elements?: readonly string[] | Elements;
    readonly item?: string | Node;
    readonly features?: readonly Feature[];
    /** What XML does with the type where that is neither text, nor an object, nor a list. */
    readonly kind?: Kind | undefined;
}
/** Elements of an object that are not all called as members are. */
export interface Elements {
    readonly nodes: readonly (string | Node)[];
    readonly take?: Take | undefined;
}
/** Reads a child element, of the places that it may be read from, at one by `readAt`, at none, or by itself; it gives the member, or null. */
export type Take = (places: readonly ReadPlace[], readAt: (place?: ReadPlace) => string | undefined, child: XmlElement, codec: AnyCodec, value: Fields, element: XmlElement, reading: Reading) => string | null | undefined;
/** A kind of content that brings its own code. */
export interface Kind {
    /** The codec that writes a value, and the value: of a union, of any type. */
    readonly choose?: (value: unknown, codec: AnyCodec, tag: OpenTag) => readonly [AnyCodec, unknown];
    /** Where a value stands, if the name of its element tells what it is. */
    readonly place?: (value: unknown, codec: AnyCodec) => Place | undefined;
    readonly read: (element: XmlElement, codec: AnyCodec, reading: Reading) => unknown;
    /** Reads all elements of a member at once, given the element around them; absent: a member has one. */
    readonly gather?: ((around: XmlElement, place: ReadPlace, reading: Reading) => unknown) | undefined;
    /** Whether it is of any type: several elements of one key are a list. */
    readonly isFree?: boolean;
    /** The list that writes a value of which each item is an element of the member, without one around them. */
    readonly bare?: ((value: unknown, codec: AnyCodec, place: Place) => AnyCodec | undefined) | undefined;
    readonly body?: (value: never, codec: AnyCodec, tag: OpenTag) => string;
    /** How many of its elements have to be there. */
    readonly fewest?: number;
    readonly declares?: readonly string[];
}
/** What some objects have besides elements; each function is called where it is there. */
export interface Feature {
    /** Reads an object that has features: whoever has one has the code for all that they may do. */
    readonly reads: ReadXml;
    /** Another codec that reads the element. */
    readonly select?: (element: XmlElement, codec: AnyCodec, reading: Reading) => AnyCodec | undefined;
    /** Whether a value remembers the codec that was selected: nothing else tells it. */
    readonly marks?: boolean;
    /** An object that was read before and is meant again. */
    readonly known?: (element: XmlElement, reading: Reading) => unknown;
    /** Called with an object that is about to be read. */
    readonly begin?: (value: object, element: XmlElement, reading: Reading) => void;
    /** Whether the attribute is of this feature. */
    readonly owns?: (attribute: Name) => boolean;
    readonly read?: (value: Record<string, unknown>, element: XmlElement, codec: AnyCodec, reading: Reading) => void;
    /** Reads an element that has no place; false: it is unknown. */
    readonly child?: (value: Record<string, unknown>, element: XmlElement, codec: AnyCodec, reading: Reading) => boolean;
    /** Whether text may stand among the elements. */
    readonly text?: boolean;
    /** The codec that writes the value, instead of the declared one. */
    readonly choose?: (value: object, codec: AnyCodec, tag: OpenTag) => AnyCodec | undefined;
    /** Attributes are added to the tag; text that stands before all elements is returned; null: nothing more is written. */
    readonly open?: (value: Record<string, unknown>, codec: AnyCodec, tag: OpenTag) => string | null;
    /** Text that stands behind all elements. */
    readonly close?: (value: Record<string, unknown>, codec: AnyCodec, tag: OpenTag) => string;
}
