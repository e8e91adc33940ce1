import { namesOf, order, put, type AnyCodec, type Codec, type Fields } from './codec.js';
import { fail, within } from './errors.js';
import { exactness } from './exact.js';
import type { Facts } from './facts.js';
import { isObject } from './object.js';
import { quote } from './quote.js';

/** A list. */
// @__NO_SIDE_EFFECTS__
export function list<T>(item: Codec<T>, facts?: Facts): Codec<T[]> {
  const each = <A, B>(items: readonly A[], change: (part: A) => B): B[] =>
    items.map((part, index) => {
      try {
        return change(part);
      } catch (error) {
        throw within(error, index);
      }
    });
  return {
    read: (json) => (Array.isArray(json) ? each(json, item.read) : fail('expected an array')),
    write: (value) => (Array.isArray(value) ? `[${each(value, item.write).join(',')}]` : fail('expected an array')),
    facts: facts ?? {},
    item,
  };
}

/** A list with a codec for each of its first items, and one for the rest. */
// @__NO_SIDE_EFFECTS__
export function tuple<T extends readonly unknown[]>(parts: { readonly [K in keyof T]: Codec<T[K]> }, facts: Facts = {}, rest?: AnyCodec): Codec<T> {
  const codecs: readonly AnyCodec[] = parts;
  const at = (index: number): AnyCodec => codecs[index] ?? rest ?? fail('too many items');
  const step = <A>(index: number, change: () => A): A => {
    try {
      return change();
    } catch (error) {
      throw within(error, index);
    }
  };
  return {
    read: (json) => (Array.isArray(json) ? json.map((part, index) => step(index, () => at(index).read(part))) : fail('expected an array')) as unknown as T,
    write: (value) => (Array.isArray(value) ? `[${value.map((part, index) => step(index, () => at(index).write(part as never))).join(',')}]` : fail('expected an array')),
    facts,
    kind: facts.kind,
    parts: codecs,
    item: rest,
  };
}

/** An object without named members. */
// @__NO_SIDE_EFFECTS__
export function map<T>(value: Codec<T>, facts: Facts = {}, keys?: AnyCodec, required: readonly string[] = []): Codec<{ [name: string]: T }> {
  return {
    read: (json) => {
      if (!isObject(json)) return fail('expected an object');
      const result: Fields = {};
      const names = namesOf(json);
      for (const name of names) {
        try {
          keys?.parse?.(name);
          put(result, name, value.read(json[name] ?? null));
        } catch (error) {
          throw within(error, name);
        }
        // JavaScript puts names that are integers first; a scan of the text tells where they stood.
        if (/^\d+$/.test(name)) exactness.counts = true;
      }
      for (const name of required) if (!Object.hasOwn(json, name)) fail(`no member ${name}`);
      const read = (json as Fields)[order];
      if (read !== undefined) result[order] = read;
      return result as { [name: string]: T };
    },
    write: (entries) => {
      if (typeof entries !== 'object' || entries === null) return fail('expected an object');
      const parts: string[] = [];
      for (const name of namesOf(entries)) {
        const part = entries[name];
        if (part === undefined) continue;
        try {
          parts.push(`${quote(name)}:${value.write(part)}`);
        } catch (error) {
          throw within(error, name);
        }
      }
      return `{${parts.join(',')}}`;
    },
    facts,
    kind: facts.kind,
    item: value,
    keys,
  };
}
