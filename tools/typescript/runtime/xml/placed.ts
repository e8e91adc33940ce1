import { own, put, type AnyCodec, type Fields } from '../core/codec.js';
import { fail } from '../core/errors.js';
import { resolved } from '../core/members.js';
import { isElement, isSpace, type Place, type Reading, type XmlElement } from './model.js';
import { planOf } from './plan.js';
import { readChildren } from './read.js';

type Named = readonly [namespace: string, place: Place];

/** Reads an object or a list by its places. */
export function readPlaced(codec: AnyCodec, element: XmlElement, reading: Reading): unknown {
  const value = (codec.members ? {} : []) as Fields;
  readMembers(codec, element, value, reading);
  complete(codec, value);
  return value;
}

/** Reads the elements of an object, or of a list; `further` reads one that has no place, and says whether it has. */
export function readMembers(codec: AnyCodec, element: XmlElement, value: Fields, reading: Reading, text = false, further?: (child: XmlElement) => boolean): void {
  const { byName, places } = planOf(codec);
  if (!codec.members && !places[0]) fail('no XML');
  const read = (child: XmlElement): string | null | undefined => {
    // Items without a name are called as the element around them.
    const all = byName.get(child.name) ?? byName.get(child.name === element.name ? '' : child.name) ?? [];
    let named: readonly Named[] = all.filter(([namespace]) => namespace === child.namespace);
    // Where only a namespace is forgotten, an answer has the member all the same. In another namespace than that of the
    // element around it a child stands for it only where no other child does: beside `title`, `media:title` is foreign content.
    if (!named[0]) {
      const isNative = (one: XmlElement | string): boolean => isElement(one) && one.name === child.name && (!one.namespace || one.namespace === element.namespace);
      if (isNative(child) || !element.children.some(isNative)) named = all.filter(([namespace]) => isSpace(namespace, child.namespace));
    }
    // Two members may have one name: the first one that has nothing yet reads it. Where there are fewer elements, what is not required is absent.
    if (named[1]) named = due(named, codec, element, child);
    const [, place] = named.find(([, { bare, of }]) => bare || own(value, of) === undefined) ?? named[0] ?? [];
    if (!place) return further?.(child) ? null : codec.beyond?.closed ? fail('unexpected element') : undefined;
    const { of, bare, codec: inner } = place;
    const gather = inner.kind?.gather;
    const item = bare ? planOf(inner).item : codec.members ? undefined : place;
    let before = codec.members ? own(value, of) : value;
    if (item) {
      if (!before) put(value, of, (before = []));
      (before as unknown[]).push(reading.place(item, child));
    } else if (!bare && !gather) put(value, of, before === undefined ? reading.place(place, child) : fail('element twice'));
    else if (!before) {
      const isOurs = (one: XmlElement | string): boolean => isElement(one) && !!byName.get(one.name)?.some(([namespace, other]) => other === place && isSpace(namespace, one.namespace));
      const whole = { ...element, attributes: [], children: element.children.filter(isOurs) };
      put(value, of, gather ? gather(whole, place, reading) : reading.content(inner, whole));
    }
    return of;
  };
  readChildren(codec, element, value, read, text);
}

/** Of places of one name those that as many elements are for, required ones before others. */
function due(named: readonly Named[], { members }: AnyCodec, { children }: XmlElement, child: XmlElement): readonly Named[] {
  const isLess = ([, { of, bare }]: Named): boolean => bare || members?.find(({ name }) => name === of)?.optional === true;
  let count = 0;
  for (const one of children) if (isElement(one) && one.name === child.name && one.namespace === child.namespace && ++count === named.length) return named;
  const ranked = [...named.filter((one) => !isLess(one)), ...named.filter(isLess)].slice(0, count);
  return named.filter((one) => ranked.includes(one));
}

/** Members that were not there. */
export function complete(codec: AnyCodec, value: Fields): void {
  for (const { name, codec: part, optional } of codec.members ?? []) {
    const takesNull = resolved(part)[1];
    const member = own(value, name);
    // Null of a member that means absence by it is absence.
    if (member === null && optional && !takesNull) delete value[name];
    if (member !== undefined || optional) continue;
    const { bare, codec: inner, nil } = planOf(codec).places.find((one) => one.of === name) ?? ({} as Partial<Place>);
    // Where null is no element of its own, it is not written at all.
    put(value, name, bare && !inner?.members && !inner?.kind?.fewest ? [] : !nil && takesNull ? null : fail(`no element ${name}`));
  }
}
