import type { Kind, Node } from '../../core/facts.js';
/** A node of an item that is text. */
export interface PartNode extends Node {
    /** The item is text of the element around it. */
    readonly text?: boolean;
}
/** The items of a tuple, each with a node of its own, in this order. */
export declare function parts(nodes: readonly PartNode[], inside?: string): Kind;
/** A CDATA section; the end mark within is split over two. */
export declare function cdata(text: string): string;
