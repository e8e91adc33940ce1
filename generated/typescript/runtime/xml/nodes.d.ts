import type { Elements, Node } from '../core/facts.js';
/** Elements of an object that have more than the names of members: other names or namespaces, no element of their own, … */
export declare function nodes(all: readonly (string | Node)[]): Elements;
/** The items of a list, where more than their name is to be said. */
export declare function node(item: Node): Node;
