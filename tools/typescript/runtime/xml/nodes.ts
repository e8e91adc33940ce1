import type { AnyCodec, Codec } from '../core/codec.js';
import { fail } from '../core/errors.js';
import type { Elements, Kind, Node, Take } from '../core/facts.js';
import { resolved } from '../core/members.js';
import { gathered, isElement, type ReadPlace, type XmlElement } from './model.js';

/** Elements of an object that have more than the names of members: other names or namespaces, no element of their own, … */
// @__NO_SIDE_EFFECTS__
export function nodes(all: readonly (string | Node)[]): Elements {
  return { nodes: all };
}

/** The same, where two members have one name, or the elements of one are read at once: what `inlined` is, and lists among alternatives. */
// @__NO_SIDE_EFFECTS__
export function shared(all: readonly (string | Node)[]): Elements {
  return { nodes: all, take };
}

/** Of an object's element that is being read, the places of children whose name several places have. */
const turns = new WeakMap<XmlElement, { readonly codec: AnyCodec; readonly places: Map<XmlElement, ReadPlace> }>();

/** Reads an element at the place that it is for. */
export const take: Take = (named, readAt, child, codec, value, element, reading) => {
  const places = named[1] && placesOf(named, codec, element, child);
  const place = places ? (places.get(child) ?? named[0]) : named[0];
  const gather = place?.codec.kind?.gather;
  if (!gather) return readAt(place);
  const around = places ? { ...element, children: element.children.filter((other) => !isElement(other) || (places.get(other) ?? place) === place) } : element;
  value[place.of] ??= gather(around, place, reading);
  return place.of;
};

/**
 * The places of all children that are called as one of them is. The members have them in their order; where there are fewer than there
 * might be, those that are required have one each, and of the others the first: a list all that are left, what stands once its own.
 */
function placesOf(named: readonly ReadPlace[], codec: AnyCodec, element: XmlElement, child: XmlElement): Map<XmlElement, ReadPlace> {
  let known = turns.get(element);
  if (known?.codec !== codec) turns.set(element, (known = { codec, places: new Map() }));
  const { places } = known;
  if (places.has(child)) return places;
  const siblings = element.children.filter((other) => isElement(other) && other.name === child.name && other.namespace === child.namespace) as XmlElement[];
  const needed = named.map(({ of, many }) => Number(!many && codec.members?.find(({ name }) => name === of)?.optional !== true));
  let left = needed.reduce((rest, one) => rest - one, siblings.length);
  let at = 0;
  named.forEach((place, index) => {
    const fewest = needed[index] as number;
    const further = Math.max(0, place.many || place.codec.kind?.gather ? left : Math.min(left, 1 - fewest));
    left -= further;
    for (const sibling of siblings.slice(at, (at += fewest + further))) places.set(sibling, place);
  });
  // One that is too many is the first place's, which says so.
  for (const sibling of siblings.slice(at)) places.set(sibling, named[0] as ReadPlace);
  return places;
}

/** What has no element of its own, and is no list: its content stands where its element would. */
// @__NO_SIDE_EFFECTS__
export function inlined<T>(codec: Codec<T>): Codec<T> {
  const [target] = resolved(codec);
  const kind: Kind = {
    ...target.kind,
    read: () => fail('no element'),
    bare: () => target,
    gather: (around, place, reading) => reading.content(target, gathered(around, place)),
  };
  return { ...target, kind } as Codec<T>;
}

/** The items of a list, where more than their name is to be said. */
// @__NO_SIDE_EFFECTS__
export function node(item: Node): Node {
  return item;
}
