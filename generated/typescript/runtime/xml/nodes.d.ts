import type { Codec } from '../core/codec.js';
import type { Elements, Node, Take } from '../core/facts.js';
/** Elements of an object that have more than the names of members: other names or namespaces, no element of their own, … */
export declare function nodes(all: readonly (string | Node)[]): Elements;
/** The same, where two members have one name, or the elements of one are read at once: what `inlined` is, and lists among alternatives. */
export declare function shared(all: readonly (string | Node)[]): Elements;
/** Reads an element at the place that it is for. */
export declare const take: Take;
/** What has no element of its own, and is no list: its content stands where its element would. */
export declare function inlined<T>(codec: Codec<T>): Codec<T>;
/** The items of a list, where more than their name is to be said. */
export declare function node(item: Node): Node;
