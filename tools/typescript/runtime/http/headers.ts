import { put, type AnyCodec, type Codec, type Fields, type Members, type Optional } from '../core/codec.js';
import { fail, within } from '../core/errors.js';
import { resolved } from '../core/members.js';
import { isScalar, parseText } from '../core/parse.js';
import { fromJson } from '../json/json.js';

/** Reads the headers of an answer; one that is not there, though it has to be, is refused. */
export type ReadHeaders<T> = (response: { readonly headers: Headers }) => T;

/** A header that is a JSON text. */
// @__NO_SIDE_EFFECTS__
export function inJson<T>(codec: Codec<T>): Codec<T> {
  return { parse: (text) => fromJson(codec, text) };
}

/** The value of a header (OpenAPI 3.1.1, 4.8.21: the style is `simple`). */
function valueOf(codec: AnyCodec, text: string): unknown {
  const [target] = resolved(codec);
  if (isScalar(target)) return parseText(target, text);
  const { item } = target;
  if (item !== undefined) return text === '' ? [] : text.split(',').map((part) => valueOf(item, part.trim()));
  return target.parts === undefined ? text : firstOf(target.parts, text);
}

/** What the first alternative that has the text makes of it. */
function firstOf(codecs: readonly AnyCodec[], text: string): unknown {
  for (const codec of codecs) {
    try {
      return valueOf(codec, text);
    } catch {
      // The next one may have it.
    }
  }
  return fail('no alternative of the union fits');
}

/** The headers of one answer, as the document describes them. */
// @__NO_SIDE_EFFECTS__
export function headers<T>(members: Members<T>): ReadHeaders<T> {
  return (response) => {
    const result: Fields = {};
    for (const [name, member] of Object.entries<AnyCodec | Optional<unknown>>(members as never)) {
      const text = response.headers.get(name);
      if (text === null && !('optional' in member)) fail(`no header ${name}`);
      try {
        if (text !== null) put(result, name, valueOf('codec' in member ? member.codec : member, text));
      } catch (error) {
        throw within(error, name);
      }
    }
    return result as T;
  };
}
