import { kept, namesOf, own, put, type AnyCodec, type Fields, type Json } from '../core/codec.js';
import { fail, within } from '../core/errors.js';
import { Digits, exactness } from '../core/exact.js';
import { resolved } from '../core/members.js';

/** Members that are not described, with the name of the member before each. */
export type KeptMembers = readonly (readonly [name: string, value: Json, after: string | undefined])[];

/** Whether a JSON value is an object. */
export function isObject(json: Json): json is Record<string, Json> {
  return typeof json === 'object' && json !== null && !Array.isArray(json) && !(json instanceof Digits);
}

/** Reads a JSON value by a codec. */
export function readJson(codec: AnyCodec, json: Json): unknown {
  if (codec.inner !== undefined) return json === null && codec.nil === true ? null : readJson(codec.inner(), json);
  if (codec.read !== undefined) return codec.read(json, readJson);
  if (codec.members !== undefined) return isObject(json) ? readObject(codec, json) : fail('expected an object');
  return Array.isArray(json) ? json.map((part, index) => step(codec.item ?? fail('no item'), part, index)) : fail('expected an array');
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
  const value: Fields = {};
  const other = codec.beyond?.before?.(json, value, codec, readJson);
  if (other !== undefined) return other;
  let count = 0;
  for (const { name, codec: part, optional, only } of codec.members ?? []) {
    const member = only === 'xml' ? undefined : (own(json, name) as Json | undefined);
    if (member === undefined) {
      if (!optional) fail(`no ${name}`);
      continue;
    }
    count++;
    // Null that is no value of an optional member is absence.
    if (member !== null || !optional || resolved(part)[1]) put(value, name, step(part, member, name));
  }
  if (Object.keys(json).length > count) rest(codec, json, value);
  return value;
}

/** Members that are not named. */
function rest({ members, beyond }: AnyCodec, json: Record<string, Json>, value: Fields): void {
  const unknown: [string, Json, string | undefined][] = [];
  let after: string | undefined;
  for (const name of namesOf(json)) {
    if (members?.some((member) => member.name === name && member.only !== 'xml') !== true && beyond?.aside?.includes(name) !== true) {
      const codec = beyond?.further?.(name);
      if (codec !== undefined) put(value, name, step(codec, json[name] as Json, name));
      else if (beyond?.closed === true) fail(`a member ${name} more`);
      else unknown.push([name, json[name] as Json, after]);
      exactness.counts = true;
    }
    after = name;
  }
  if (unknown.length > 0) value[kept] = { json: unknown };
}
