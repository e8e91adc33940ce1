import type { Kind, Name, Node } from '../../core/facts.js';
/** Each value is an element that is called by its key. */
export declare function children(value?: string | Node, inside?: string): Kind;
/** A dictionary: each entry is an element with a key and a value. */
export interface EntriesFacts {
    readonly entry: Name;
    /** The key; its codec gives the text of a key in XML. */
    readonly key: string | Node;
    readonly value: string | Node;
}
export declare function entries(facts: EntriesFacts): Kind;
