import { actual, own, put, type AnyCodec, type Fields } from '../core/codec.js';
import { fail, within } from '../core/errors.js';
import { resolved } from '../core/members.js';
import { isScalar, parseText } from '../core/parse.js';
import { reading as state } from '../core/reading.js';
import { attributeOf, isElement, qualified, xsi, type Attributed, type Place, type Reading, type UnknownElements, type XmlElement } from './model.js';
import { isSpace, namesRead, placeOf, planOf, reads, type Plan } from './plan.js';
import { openapi } from './profiles.js';

const isBlank = (text: string): boolean => !/[^ \t\n]/.test(text);

/** What an answer in XML lacks of this: who writes, and who reads documents by hand, keeps what nobody describes. */
export const keeping: { keep: ((value: object, codec: AnyCodec, element: XmlElement, unknown: UnknownElements, attributed: Attributed) => void) | undefined } = { keep: undefined };

/** The document that is being read. Reading never waits, so that one at a time is enough. */
const reading: { -readonly [K in keyof Reading]: Reading[K] } = { objects: new Map(), profile: openapi, content, place: readPlace };

function readPlace(place: Place, element: XmlElement): unknown {
  const nil = element.attributes[0] && attributeOf(element, xsi, 'nil')?.trim();
  return nil === 'true' || nil === '1' ? (place.nil ? null : fail('null where none can be')) : content(place.codec, element);
}

function content(codec: AnyCodec, element: XmlElement): unknown {
  const { children } = element;
  if (codec.kind) return codec.kind.read(element, codec, reading);
  if (isScalar(codec)) return children.length > 1 || (children[0] && isElement(children[0])) ? fail('an element where text belongs') : parseText(codec, (children[0] as string | undefined) ?? '');
  if (codec.members) return readObject(codec, element);
  return readList(codec, element, planOf(codec).item ?? fail('nothing that XML describes'));
}

/** Refuses a type that is not the codec's: nothing else reads the attribute. */
function checkType(codec: AnyCodec, element: XmlElement): void {
  const text = attributeOf(element, xsi, 'type');
  if (text === undefined || !codec.members || codec.facts?.features?.some((feature) => feature.owns?.([xsi, 'type']))) return;
  const [namespace, name] = qualified(element, text) ?? [];
  const { type } = planOf(codec);
  if (!type || type[0] !== namespace || type[1] !== name) fail(`no type ${text}`);
}

function readObject(codec: AnyCodec, element: XmlElement): unknown {
  const features = codec.facts?.features ?? [];
  for (const feature of features) {
    const selected = feature.select?.(element, codec, reading);
    const other = selected ? resolved(selected)[0] : codec;
    if (other !== codec) {
      const value = readObject(other, element) as Fields;
      if (feature.marks === true) value[actual] = other;
      return value;
    }
    const known = feature.known?.(element, reading);
    if (known) return known;
  }
  const value: Fields = {};
  for (const feature of features) feature.begin?.(value, element, reading);
  checkType(codec, element);
  readChildren(codec, element, value);
  for (const feature of features) feature.read?.(value, element, codec, reading);
  complete(codec, value);
  return value;
}

/** The place of a child element; where only a namespace is forgotten, an answer has it all the same. */
function placed(child: XmlElement, parent: XmlElement, { byName }: Plan, value: Fields): Place | undefined {
  const named = byName.get(child.name) ?? [];
  let place: Place | undefined;
  // Two members may have one name: the first one that has nothing yet reads it.
  for (const [namespace, one] of named) if (namespace === child.namespace && (!place || (!place.bare && own(value, place.of) !== undefined))) place = one;
  if (place || !state.tolerant) return place;
  // In another namespace than that of the element around it a child stands for the place only where no other child does:
  // beside `title`, `media:title` is foreign content.
  const isNative = (one: XmlElement | string): boolean => isElement(one) && one.name === child.name && (one.namespace === '' || one.namespace === parent.namespace);
  if (!isNative(child) && parent.children.some(isNative)) return undefined;
  return named.find(([namespace]) => isSpace(namespace, child.namespace))?.[1];
}

function readChildren(codec: AnyCodec, element: XmlElement, value: Fields): void {
  const plan = planOf(codec);
  const features = codec.facts?.features ?? [];
  const unknown: [number, XmlElement][] = [];
  const attributed: [string, XmlElement][] = [];
  let after = -1;
  for (const child of element.children) {
    if (!isElement(child)) {
      if (!isBlank(child) && !features.some((feature) => feature.text)) fail('text between elements');
      continue;
    }
    const place = placed(child, element, plan, value);
    try {
      if (place) {
        readMember(place, child, value, element);
        if (child.attributes[0]) attributed.push([place.of, child]);
        after = place.index;
      } else if (!features.some((feature) => feature.child?.(value, child, codec, reading))) {
        if (codec.beyond?.closed) fail('an element that is not described');
        unknown.push([after, child]);
      }
    } catch (error) {
      throw within(error, child.name);
    }
  }
  keeping.keep?.(value, codec, element, unknown, attributed);
}

function readMember(place: Place, child: XmlElement, value: Fields, parent: XmlElement): void {
  const before = own(value, place.of);
  if (!place.bare) return put(value, place.of, before === undefined ? readPlace(place, child) : fail('an element twice'));
  const { item } = planOf(place.codec);
  if (item) put(value, place.of, [...((before as unknown[] | undefined) ?? []), readPlace(item, child)]);
  else if (before === undefined) {
    const names = namesRead(place);
    const children = parent.children.filter((one) => isElement(one) && names.some(([namespace, name]) => one.name === name && isSpace(namespace, one.namespace)));
    put(value, place.of, readObject(place.codec, { ...parent, attributes: [], children }));
  }
}

/** Members that were not there. */
function complete(codec: AnyCodec, value: Fields): void {
  const { places } = planOf(codec);
  for (const { name, codec: part, optional, only } of codec.members ?? []) {
    const takesNull = resolved(part)[1];
    const member = own(value, name);
    // Null of a member that means absence by it is absence.
    if (member === null && optional && !takesNull) delete value[name];
    if (member !== undefined || optional || only === 'json') continue;
    const place = places.find((one) => one.of === name);
    if (place?.bare && planOf(place.codec).item) put(value, name, []);
    // Where null is no element of its own, it is not written at all.
    else if (!place?.nil && takesNull) put(value, name, null);
    else fail(`no element ${place?.name ?? name}`);
  }
}

function readList(codec: AnyCodec, element: XmlElement, item: Place): unknown[] {
  const unknown: [number, XmlElement][] = [];
  const items: unknown[] = [];
  for (const child of element.children) {
    if (!isElement(child)) {
      if (!isBlank(child)) fail('text between items');
    } else if (item.name === '' ? child.name === element.name && child.namespace === item.namespace : reads(item, child.namespace, child.name)) {
      try {
        items.push(readPlace(item, child));
      } catch (error) {
        throw within(error, items.length);
      }
    } else unknown.push([items.length - 1, child]);
  }
  keeping.keep?.(items, codec, element, unknown, []);
  return items;
}

/** Reads an element as the root of a document. */
export function readRoot(codec: AnyCodec, element: XmlElement): unknown {
  const place = rootPlace(codec);
  if (!reads(place, element.namespace, element.name)) fail(`expected the element ${place.name} of the namespace '${place.namespace}'`);
  state.begin?.();
  reading.objects = new Map();
  reading.profile = rootFacts(codec).profile ?? openapi;
  return readPlace(place, element);
}

/** What a codec says of its root element; one that stands for another may say its own. */
function rootFacts(codec: AnyCodec): NonNullable<AnyCodec['facts']> {
  return codec.facts ?? resolved(codec)[0].facts ?? {};
}

/** The place of a root element. */
export function rootPlace(codec: AnyCodec): Place {
  const { name = '', namespace = '', prefix, alsoRead, nil } = rootFacts(codec);
  // Whoever reads null has a codec that knows it.
  return placeOf({ name, namespace, nil: nil === true && resolved(codec)[1], ...(prefix === undefined ? {} : { prefix }), ...(alsoRead && { alsoRead }) }, '', codec);
}
