import type { Json } from '../../core/codec.js';
import { fail } from '../../core/errors.js';
import type { OpenTag, Place, Reading } from '../model.js';

/** Lists of the values of several elements of one name, while they are read: a value may be a list itself. */
const lists = new WeakSet<object>();

/** The value of a further element that is called by one key: of any type it is a list with the one before, as it is written. */
export function further({ codec }: Place, { root }: Reading, before: unknown, part: unknown, problem: string): unknown {
  if (codec.kind?.isFree !== true || root?.profile?.byDepth === true || before === null || part === null) return fail(problem);
  const list = Array.isArray(before) && lists.has(before) ? (before as unknown[]) : [before];
  lists.add(list);
  list.push(part);
  return list;
}

/** What elements of one name are: of a list its items, of which there has to be one. */
export function itemsOf(part: Json): readonly Json[] {
  return Array.isArray(part) ? (part.length === 0 ? fail('an empty list has no elements') : part) : [part];
}

/** The elements of a value that are called by its key. */
export function elementsOf(place: Place, part: unknown, tag: OpenTag, name: string): string {
  const isList = place.codec.kind?.isFree === true && Array.isArray(part) && !tag.profile.byDepth;
  return isList ? itemsOf(part as Json[]).map((item) => tag.child(place, item ?? '', name)).join('') : tag.child(place, part, name);
}
