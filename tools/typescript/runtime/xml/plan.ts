import type { AnyCodec, MemberFacts } from '../core/codec.js';
import { fail } from '../core/errors.js';
import { resolved } from '../core/members.js';
import type { Name, Node } from '../core/facts.js';
import { reading as state } from '../core/reading.js';
import type { Place } from './model.js';

/** What a codec's facts come to, with nothing left to derive. */
export interface Plan {
  readonly inside: string;
  /** The name in `xsi:type`. */
  readonly type: Name | undefined;
  readonly places: readonly Place[];
  /** Places by the local name that they are read from. */
  readonly byName: ReadonlyMap<string, readonly (readonly [namespace: string, place: Place])[]>;
  readonly item: Place | undefined;
}

const plans = new WeakMap<AnyCodec, Plan>();

/** A node with its defaults; `codec` is what stands there if the node says nothing else. */
export function placeOf(node: string | Node, inside: string, codec: AnyCodec, index = 0, member?: MemberFacts): Place {
  const given: Node = typeof node === 'string' ? { of: node } : node;
  const { of = '', bare = false, cdata = false, prefix, namespace = inside, alsoRead = [] } = given;
  const [content, nil] = resolved(given.codec?.() ?? codec);
  const name = given.name ?? (bare ? '' : of);
  return {
    of,
    index,
    namespace,
    name,
    prefix,
    nil: given.nil ?? (nil || resolved(codec)[1]),
    bare,
    cdata,
    codec: content,
    member,
    start: `<${name}>`,
    end: `</${name}>`,
    names: name ? [[namespace, name], ...alsoRead] : [],
  };
}

/** The place of a member of an object. */
export function memberPlace(node: string | Node, inside: string, codec: AnyCodec, index = 0): Place {
  const name = typeof node === 'string' ? node : node.of;
  const member = codec.members?.find((one) => one.name === name);
  return placeOf(node, inside, member?.codec ?? fail(`no member ${name}`), index, member);
}

/** The names of elements that a place is read from. */
export function namesRead({ codec, bare, names }: Place): readonly Name[] {
  const more = codec.kind?.names?.(codec);
  if (!bare) return more ? [...names, ...more] : names;
  const { item, places } = planOf(codec);
  return item ? (item.name ? namesRead(item) : names) : places.flatMap(namesRead);
}

/** The plan of a codec, made once. */
export function planOf(codec: AnyCodec): Plan {
  let plan = plans.get(codec);
  if (!plan) {
    const { facts = {}, item } = codec;
    const inside = facts.inside ?? facts.namespace ?? '';
    const places = (facts.elements ?? []).map((node, index) => memberPlace(node, inside, codec, index));
    const byName = new Map<string, [string, Place][]>();
    plan = {
      inside,
      type: facts.type ?? (facts.name === undefined ? undefined : [facts.namespace ?? '', facts.name]),
      places,
      byName,
      item: item && facts.item !== undefined ? placeOf(typeof facts.item === 'string' ? { name: facts.item } : facts.item, inside, item) : undefined,
    };
    plans.set(codec, plan);
    for (const place of places) for (const [namespace, name] of namesRead(place)) byName.set(name, [...(byName.get(name) ?? []), [namespace, place]]);
  }
  return plan;
}

/** Whether a namespace is the one that is expected. */
export function isSpace(expected: string, namespace: string): boolean {
  return expected === namespace || (state.tolerant && !(expected && namespace));
}

/** Whether a place is read from an element of this name. */
export function reads(place: Place, namespace: string, name: string): boolean {
  return namesRead(place).some((one) => one[1] === name && isSpace(one[0], namespace));
}
