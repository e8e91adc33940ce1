import type { AnyCodec } from '../core/codec.js';
import { fail } from '../core/errors.js';
import { resolved } from '../core/members.js';
import type { Name, Node } from '../core/facts.js';
import { isSpace, type Place } from './model.js';

/** What a codec's facts come to, with nothing left to derive. */
export interface Plan {
  readonly inside: string;
  readonly places: readonly Place[];
  /** Places by the local name that they are read from. */
  readonly byName: ReadonlyMap<string, readonly (readonly [namespace: string, place: Place])[]>;
  readonly item: Place | undefined;
}

const plans = new WeakMap<AnyCodec, Plan>();

/** A node with its defaults; `codec` is what stands there if the node says nothing else. */
export function placeOf(node: string | Node, inside: string, codec: AnyCodec, index = 0): Place {
  const given: Node = typeof node === 'string' ? { of: node } : node;
  const { of = '', bare, namespace = inside, name = bare ? '' : of, alsoRead = [] } = given;
  const [content, nil] = resolved(given.codec?.() ?? codec);
  return { nil: nil || resolved(codec)[1], ...given, of, index, namespace, name, codec: content, names: name ? [[namespace, name], ...alsoRead] : [] };
}

/** The place of a member of an object. */
export function memberPlace(node: string | Node, inside: string, codec: AnyCodec, index?: number): Place {
  const name = typeof node === 'string' ? node : node.of;
  return placeOf(node, inside, codec.members?.find((one) => one.name === name)?.codec ?? fail(`no member ${name}`), index);
}

/** The names of elements that a place is read from. */
export function namesRead({ codec, bare, names }: Place): readonly Name[] {
  if (!bare) return [...names, ...(codec.kind?.names?.(codec) ?? [])];
  const { item, places } = planOf(codec);
  return item ? (item.name ? namesRead(item) : names) : (codec.kind?.within?.(codec) ?? places).flatMap(namesRead);
}

/** The nodes of an object's elements. */
function elementsOf({ facts: { elements, profile } = {}, members = [] }: AnyCodec): readonly (string | Node)[] {
  if (elements) return 'nodes' in elements ? elements.nodes : elements;
  const names = members.map(({ name }) => name);
  return profile?.byDepth ? names.sort() : names;
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
    const { facts = {}, item } = codec;
    const { namespace = '', inside = namespace } = facts;
    const places = elementsOf(codec).map((node, index) => memberPlace(node, inside, codec, index));
    const byName = new Map<string, [string, Place][]>();
    plan = { inside, places, byName, item: item && facts.item !== undefined ? placeOf(typeof facts.item === 'string' ? { name: facts.item } : facts.item, inside, item) : undefined };
    plans.set(codec, plan);
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
