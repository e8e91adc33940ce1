import { own, put, type AnyCodec, type Fields, type Json } from '../core/codec.js';
import { fail, within } from '../core/errors.js';
import { resolved } from '../core/members.js';
import { reading } from '../core/reading.js';

/** Whether a JSON value is an object; numbers with a spelling are `Number`s. */
export function isObject(json: Json): json is Record<string, Json> {
  return json !== null && Object.getPrototypeOf(json) === Object.prototype;
}

/** Reads a JSON value by a codec. */
export function readJson(codec: AnyCodec, json: Json): unknown {
  const { inner, read, members, item } = codec;
  if (inner) return json === null && codec.nil ? null : readJson(inner(), json);
  if (read) return read(json, readJson);
  if (members) return isObject(json) ? readObject(codec, json) : fail('expected an object');
  return item && Array.isArray(json) ? json.map((part, index) => step(item, part, index)) : fail('expected an array');
}

/** Reads a part; what is wrong with it is told with its place. */
export function step(codec: AnyCodec, part: Json, place: string | number): unknown {
  try {
    return readJson(codec, part);
  } catch (error) {
    throw within(error, place);
  }
}

function readObject(codec: AnyCodec, json: Record<string, Json>): unknown {
  const { members = [], beyond } = codec;
  const value: Fields = {};
  const other = beyond?.before?.(json, value, codec, readJson);
  if (other) return other;
  let left = Object.keys(json).length;
  for (const { name, codec: part, optional, only } of members) {
    const member = only === 'xml' ? undefined : (own(json, name) as Json | undefined);
    if (member === undefined) {
      if (!optional) fail(`no ${name}`);
      continue;
    }
    left--;
    // Null that is no value of an optional member is absence.
    if (member !== null || !optional || resolved(part)[1]) put(value, name, step(part, member, name));
  }
  if (left && left > (beyond?.rest?.(json, value, step) ?? 0)) reading.keep?.(codec, json, value);
  return value;
}
