import type { AnyCodec, Codec, Json, Scalar, Write } from './codec.js';
import { fail } from './errors.js';
import { reading } from './reading.js';
import { exact } from '../json/exactly.js';
import type { Facts, Name } from './facts.js';
import { writeFree } from './quote.js';

/** A value of XML whose type stood in `xsi:type`, where JSON alone would not tell it. */
export class Typed {
  /** The name that `xsi:type` had. */
  readonly type: Name;
  readonly codec: AnyCodec;
  readonly value: unknown;
  constructor(type: Name, codec: AnyCodec, value: unknown) {
    this.type = type;
    this.codec = codec;
    this.value = value;
  }
}

/** Any value. */
// @__NO_SIDE_EFFECTS__
export function anything(facts: Facts = {}): Codec<Json> {
  return exact({
    read: (json: Json) => {
      reading.again = true;
      return json;
    },
    write: (value: unknown, write: Write) => (value instanceof Typed ? (value.value === null ? 'null' : write(value.codec, value.value)) : value === undefined ? fail('expected a value') : writeFree(value as Json)),
    facts,
    kind: facts.kind,
  });
}

/** Any value of JSON; XML has it in `anyOf`. */
export const any: Codec<Json> = /* @__PURE__ */ anything();

/** No value. */
export const never: Codec<never> = { read: () => fail('no value can stand here'), write: () => fail('no value can stand here') };

/** Null alone. */
export const nothing: Scalar<null> = {
  read: (json) => (json === null ? null : fail('expected null')),
  write: () => 'null',
  parse: () => null,
  print: () => '',
};

/** A value of an enum of several types. */
export const value: Scalar<string | number | boolean> = {
  read: (json) => (typeof json === 'string' || typeof json === 'boolean' || typeof json === 'number' ? json : (json as unknown) instanceof Number ? Number(json) : fail('expected a scalar')),
  write: writeFree,
  parse: (text) => text,
  raw: true,
  print: String,
};

/** An enum of values of several types, which XML has as texts. */
// @__NO_SIDE_EFFECTS__
export function values<T extends string | number | boolean>(listed: readonly T[], open: 'open' | 'closed', facts: Facts = {}): Scalar<T> {
  const check = (literal: T): T => (open === 'open' || listed.includes(literal) ? literal : fail(`expected one of ${listed.join(', ')}`));
  return {
    read: (json) => check(value.read(json) as T),
    write: (literal: T) => writeFree(check(literal)),
    parse: (text) => check(listed.find((literal) => String(literal) === text) ?? (text as T)),
    raw: true,
    print: String,
    facts,
  };
}
