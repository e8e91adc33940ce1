import type { AnyCodec, MemberFacts } from '../core/codec.js';
import { fail } from '../core/errors.js';
import { resolved } from '../core/members.js';
import type { Name, Node } from '../core/facts.js';
import { tolerance } from '../core/tolerance.js';
import type { Place } from './model.js';

/** What a codec's facts come to, with nothing left to derive. */
export interface Plan {
  readonly codec: AnyCodec;
  readonly inside: string;
  readonly declares: readonly string[];
  /** The name in `xsi:type`. */
  readonly type: Name | undefined;
  readonly places: readonly Place[];
  /** Places by the local name that they are read from. */
  readonly byName: ReadonlyMap<string, readonly (readonly [namespace: string, place: Place])[]>;
  readonly item: Place | undefined;
  /** Whether all places are texts of elements in the namespace of the content, and nothing else is there. */
  readonly isFlat: boolean;
}

const plans = new WeakMap<AnyCodec, Plan>();

/** A node with its defaults; `codec` is what stands there if the node says nothing else. */
export function placeOf(node: string | Node, inside: string, codec: AnyCodec, index = 0, member?: MemberFacts): Place {
  const given: Node = typeof node === 'string' ? { of: node } : node;
  const [content, nil] = resolved(given.codec?.() ?? codec);
  const name = given.name ?? (given.bare === true ? '' : (given.of ?? ''));
  const namespace = given.namespace ?? inside;
  const names: Name[] = name === '' ? [] : [[namespace, name], ...(given.alsoRead ?? [])];
  return {
    of: given.of ?? '',
    index,
    namespace,
    name,
    prefix: given.prefix,
    nil: given.nil ?? (nil || resolved(codec)[1]),
    bare: given.bare === true,
    cdata: given.cdata === true,
    codec: content,
    member,
    start: `<${name}>`,
    end: `</${name}>`,
    names,
  };
}

/** The place of a member of an object. */
export function memberPlace(node: string | Node, inside: string, codec: AnyCodec, index = 0): Place {
  const name = typeof node === 'string' ? node : node.of;
  const member = codec.members?.find((one) => one.name === name);
  return placeOf(node, inside, member?.codec ?? fail(`no member ${name}`), index, member);
}

/** The names of elements that a place is read from. */
export function namesRead(place: Place): readonly Name[] {
  const { codec } = place;
  if (place.bare) {
    const plan = planOf(codec);
    if (plan.item !== undefined) return plan.item.name === '' ? place.names : namesRead(plan.item);
    return plan.places.flatMap(namesRead);
  }
  const alternatives = codec.kind?.names?.(codec) ?? [];
  return [...place.names, ...alternatives];
}

/** The plan of a codec, made once. */
export function planOf(codec: AnyCodec): Plan {
  const known = plans.get(codec);
  if (known !== undefined) return known;
  const facts = codec.facts ?? {};
  const inside = facts.inside ?? facts.namespace ?? '';
  const places = (facts.elements ?? []).map((node, index) => memberPlace(node, inside, codec, index));
  const byName = new Map<string, [string, Place][]>();
  const isFlat = codec.members !== undefined && facts.features === undefined && codec.kind === undefined && places.every((place) => place.codec.print !== undefined && place.codec.kind === undefined && !place.bare && place.namespace === inside && place.member?.zero === undefined && !(place.of in Object.prototype));
  const plan: Plan = {
    isFlat,
    codec,
    inside,
    declares: codec.kind?.declares ?? facts.declares ?? (inside === '' ? [] : [inside]),
    type: facts.type ?? (facts.name === undefined ? undefined : [facts.namespace ?? '', facts.name]),
    places,
    byName,
    item: codec.item === undefined || facts.item === undefined ? undefined : placeOf(typeof facts.item === 'string' ? { name: facts.item } : facts.item, inside, codec.item),
  };
  plans.set(codec, plan);
  for (const place of places)
    for (const [namespace, name] of namesRead(place)) byName.set(name, [...(byName.get(name) ?? []), [namespace, place]]);
  return plan;
}

/** Whether a namespace is the one that is expected. */
export function isSpace(expected: string, namespace: string): boolean {
  return expected === namespace || (tolerance.applies && (expected === '' || namespace === ''));
}

/** Whether a place is read from an element of this name. */
export function reads(place: Place, namespace: string, name: string): boolean {
  return (place.names[0]?.[1] === name && place.names[0][0] === namespace) || namesRead(place).some((one) => one[1] === name && isSpace(one[0], namespace));
}
