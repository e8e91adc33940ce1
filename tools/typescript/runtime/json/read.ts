import type { AnyCodec, Json, MemberFacts } from '../core/codec.js';
import { fail, within } from '../core/errors.js';

/** Reads a JSON value by a codec. */
export function readJson(codec: AnyCodec, json: Json): unknown {
  return codec.read?.(json, codec);
}

/** Whether a JSON value is an object; numbers with a spelling are `Number`s. */
export function isObject(json: Json): json is Record<string, Json> {
  return !!json && Object.getPrototypeOf(json) === Object.prototype;
}

/** Reads a member of an object; what is wrong with it is told with its name. Undefined: it is absent. */
export function readMember({ name, codec, read, optional }: MemberFacts, json: Json | undefined): unknown {
  try {
    return json === undefined && !optional ? fail('missing') : read?.(json as Json, codec);
  } catch (error) {
    throw within(error, name);
  }
}
