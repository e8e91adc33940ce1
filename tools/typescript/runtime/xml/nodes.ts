import type { Elements, Node } from '../core/facts.js';

/** Elements of an object that have more than the names of members: other names or namespaces, no element of their own, … */
// @__NO_SIDE_EFFECTS__
export function nodes(all: readonly (string | Node)[]): Elements {
  return { nodes: all };
}

/** The items of a list, where more than their name is to be said. */
// @__NO_SIDE_EFFECTS__
export function node(item: Node): Node {
  return item;
}
