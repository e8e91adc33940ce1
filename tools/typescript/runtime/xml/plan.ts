import type { AnyCodec } from '../core/codec.js';
import { resolved } from '../core/members.js';
import type { Name, Node } from '../core/facts.js';
import { isSpace, type Place } from './model.js';

/** What a codec's facts come to, with nothing left to derive. */
export interface Plan {
  readonly inside: string;
  readonly places: readonly Place[];
  readonly item: Place | undefined;
}

const plans = new WeakMap<AnyCodec, Plan>();

/** A node with its defaults; `codec` is what stands there if the node says nothing else, or the object whose member it is. */
export function placeOf(node: string | Node, inside: string, codec: AnyCodec, index = 0): Place {
  const facts: Node = typeof node === 'string' ? { of: node } : node;
  const { of = '', bare, namespace = inside, name = of, names = [[namespace, name]] } = facts;
  const member = codec.members?.find((candidate) => candidate.name === facts.of)?.codec ?? codec;
  const [content, takesNull] = resolved(facts.codec?.() ?? member);
  // What is said of null where a list has no element of its own is said of its items.
  return { nil: takesNull, ...facts, ...(bare ? { nil: false } : {}), of, index, namespace, name, codec: content, names };
}

/** The place of a root element. */
export function rootPlace(codec: AnyCodec): Place {
  const facts = codec.facts ?? resolved(codec)[0].facts ?? {};
  // Whoever reads null has a codec that knows it.
  return placeOf({ ...facts, nil: facts.nil === true && resolved(codec)[1] } as Node, '', codec);
}

/** The plan of a codec, made once. */
export function planOf(codec: AnyCodec): Plan {
  let plan = plans.get(codec);
  if (!plan) {
    const { facts: { namespace = '', inside = namespace, elements, item, profile } = {}, members } = codec;
    const names = members?.map(({ name }) => name);
    const nodes = names ? (elements ? ('nodes' in elements ? elements.nodes : elements) : profile?.byDepth ? names.sort() : names) : item === undefined ? [] : [typeof item === 'string' ? { name: item } : item];
    const places = nodes.map((node, index) => placeOf(node, inside, names ? codec : (codec.item as AnyCodec), index));
    plans.set(codec, (plan = { inside, places, item: names ? undefined : places[0] }));
  }
  return plan;
}

/** The name of a codec in `xsi:type`. */
export function typeOf({ facts: { name, namespace = '', type } = {} }: AnyCodec): Name | undefined {
  return type ?? (name === undefined ? undefined : [namespace, name]);
}

/** Whether a place is read from an element of this name. */
export function reads(place: Place, namespace: string, name: string): boolean {
  return place.names.some((spelling) => spelling[1] === name && isSpace(spelling[0], namespace));
}
