import type { Kind, Node } from '../../core/facts.js';
/** A node of an item that is text. */
export interface PartNode extends Node {
    /** The item is text of the element around it. */
    readonly text?: boolean;
}
/** What is said of a tuple beside the nodes of its first items. */
export interface PartsFacts {
    /** How many items have to be there; absent: all. */
    readonly fewest?: number;
    /** Where each item stands that follows; absent: none may follow. */
    readonly rest?: PartNode;
}
/** A list whose first items have a node of their own each, in this order. */
export declare function parts(nodes: readonly PartNode[], inside?: string, { fewest, rest }?: PartsFacts): Kind;
/** A CDATA section; the end mark within is split over two. */
export declare function cdata(text: string): string;
