import type { Kind, Node } from '../../core/facts.js';
import { type XmlElement } from '../model.js';
/** What tells the alternatives of a union in XML. */
export interface ChoiceFacts {
    /** The name of the element does. */
    readonly byName?: boolean;
    /** Where each alternative stands, in the order of the union. */
    readonly nodes: readonly (string | Node)[];
    readonly discriminator?: string | Node;
    /** Positions of the alternatives by the value of the discriminator. */
    readonly mapping?: Readonly<Record<string, number>>;
    /** The position where the discriminator tells nothing. */
    readonly otherwise?: number;
    /** The types of XML Schema that the alternatives are told as where their texts are alike; empty: none. */
    readonly types?: readonly string[];
    /** The namespace of nodes that name none. */
    readonly inside?: string;
}
/** The text of an attribute or a child element. */
export declare function textAt(place: string | Node, element: XmlElement): string | undefined;
/** Where the alternatives of a union stand. */
export declare function choice(facts: ChoiceFacts): Kind;
