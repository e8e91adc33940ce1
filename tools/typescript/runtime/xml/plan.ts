import type { AnyCodec } from '../core/codec.js';
import { resolved } from '../core/members.js';
import type { Name, Node } from '../core/facts.js';
import { isSpace, type Place } from './model.js';

/** What a codec's facts come to, with nothing left to derive. */
export interface Plan {
  readonly inside: string;
  readonly places: readonly Place[];
  /** Places by the local name that they are read from. */
  readonly byName: Map<string, readonly (readonly [namespace: string, place: Place])[]>;
  readonly item: Place | undefined;
}

const plans = new WeakMap<AnyCodec, Plan>();

/** A node with its defaults; `codec` is what stands there if the node says nothing else, or the object whose member it is. */
export function placeOf(node: string | Node, inside: string, codec: AnyCodec, index = 0): Place {
  const given: Node = typeof node === 'string' ? { of: node } : node;
  const { of = '', bare, namespace = inside, name = bare ? '' : of, alsoRead = [] } = given;
  const member = (of && codec.members?.find((one) => one.name === of)?.codec) || codec;
  const [content, nil] = resolved(given.codec?.() ?? member);
  return { nil: nil || resolved(member)[1], ...given, of, index, namespace, name, codec: content, names: bare && !name ? [] : [[namespace, name], ...alsoRead] };
}

/** The names of elements that a place is read from. */
export function namesRead({ codec, bare, names }: Place): readonly Name[] {
  const { kind } = codec;
  return [...names, ...((bare ? (kind?.within?.(codec) ?? planOf(codec).places).flatMap(namesRead) : kind?.names?.(codec)) ?? [])];
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
    const byName = new Map<string, [string, Place][]>();
    plans.set(codec, (plan = { inside, places, item: names ? undefined : places[0], byName }));
    for (const place of places) for (const [space, local] of namesRead(place)) byName.set(local, [...(byName.get(local) ?? []), [space, place]]);
  }
  return plan;
}

/** The name of a codec in `xsi:type`. */
export function typeOf({ facts: { name, namespace = '', type } = {} }: AnyCodec): Name | undefined {
  return type ?? (name === undefined ? undefined : [namespace, name]);
}

/** Whether a place is read from an element of this name. */
export function reads(place: Place, namespace: string, name: string): boolean {
  return namesRead(place).some((one) => one[1] === name && isSpace(one[0], namespace));
}
