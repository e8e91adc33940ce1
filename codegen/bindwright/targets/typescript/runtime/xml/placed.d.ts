import { type AnyCodec, type Fields } from '../core/codec.js';
import type { Elements, Node } from '../core/facts.js';
import { type Reading, type XmlElement } from './model.js';
/** Elements of an object that have more than the names of members: other names or namespaces, no element of their own, … */
export declare function nodes(all: readonly (string | Node)[]): Elements;
/** The items of a list, where more than their name is to be said. */
export declare function node(item: Node): Node;
/** Reads the elements of an object; `further` reads one that has no place, and says whether it has. */
export declare function readMembers(codec: AnyCodec, element: XmlElement, value: Fields, reading: Reading, text?: boolean, further?: (child: XmlElement) => boolean): void;
/** Members that were not there. */
export declare function complete(codec: AnyCodec, value: Fields): void;
