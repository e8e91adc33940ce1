import { type AnyCodec } from '../../core/codec.js';
import type { Feature, Name, Node } from '../../core/facts.js';
import { type XmlElement } from '../model.js';
/** An element with nothing but a text, for scalars that stand elsewhere. */
export declare const alone: (text: string, element: XmlElement) => XmlElement;
/** Members that are attributes. */
export declare function attributes(nodes: readonly (string | Node)[]): Feature;
/** The text of a value: of a union that of its alternative. */
export declare function printed(codec: AnyCodec, value: unknown): string;
/** The member that is the element's text. */
export declare function content(node: string | Node): Feature;
/** Members without a name of their own: each is an element that is called by its key, at the node of the first pattern that it matches. */
export declare function additional(rest: string | Node | null, patterns?: readonly (string | Node)[]): Feature;
/** Types that stand in for this one; `xsi:type` tells which. */
export declare function derived(types: () => readonly AnyCodec[]): Feature;
/** The codec that has a name in `xsi:type`. */
export declare function typed(codecs: readonly AnyCodec[], [namespace, name]: Name): AnyCodec | undefined;
/** The value of an attribute or an element tells the type. */
export declare function byDiscriminator(place: string | Node, mapping: () => Readonly<Record<string, AnyCodec>>): Feature;
/** Objects that are written once, with an id, and referred to after. */
export declare function reference(facts: {
    readonly id: Name;
    readonly ref: Name;
    readonly prefix?: string;
}): Feature;
