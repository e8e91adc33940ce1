import type { Feature, Node } from '../../core/facts.js';
/** A member that is `xsi:type`: the local name of a QName, whatever its prefix. */
export declare function typeAttribute(node: string | Node): Feature;
