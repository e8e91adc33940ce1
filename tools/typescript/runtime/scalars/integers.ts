import type { Json, Scalar } from '../core/codec.js';
import { fail } from '../core/errors.js';
import { reading } from '../core/reading.js';
import { exact } from '../json/exactly.js';
import { plainDigits } from './decimals.js';

/** The number of a JSON number, as near as a double comes. */
export function numberOf(json: Json | undefined): number {
  return typeof json === 'number' ? json : typeof json === 'bigint' || (json as unknown) instanceof Number ? Number(json) : fail('expected a number');
}

// @__NO_SIDE_EFFECTS__
function narrow(low: number, high: number): Scalar<number> {
  const read = (json: Json): number => {
    const number = (json as unknown) instanceof Number ? +(json as number) : (json as number);
    return Number.isInteger(number) && number >= low && number <= high ? number + 0 : fail(`expected an integer from ${low} to ${high}`);
  };
  return { read, print: (value) => String(read(value)), low };
}

export const int8: Scalar<number> = /* @__PURE__ */ narrow(-128, 127);
export const int16: Scalar<number> = /* @__PURE__ */ narrow(-32768, 32767);
export const int32: Scalar<number> = /* @__PURE__ */ narrow(-2147483648, 2147483647);
export const uint8: Scalar<number> = /* @__PURE__ */ narrow(0, 255);
export const uint16: Scalar<number> = /* @__PURE__ */ narrow(0, 65535);
export const uint32: Scalar<number> = /* @__PURE__ */ narrow(0, 4294967295);
/** An integer that a double holds exactly. */
export const safeInteger: Scalar<number> = /* @__PURE__ */ narrow(-9007199254740991, 9007199254740991);

/** All digits of an integer; what `JSON.parse` has rounded is not refused here, but read again. */
function digitsOf(json: Json | undefined): bigint {
  reading.again = true;
  if (typeof json === 'bigint') return json;
  if (typeof json === 'number' && Number.isInteger(json)) return BigInt(json);
  numberOf(json);
  // Spelled with a point or an exponent, it may have more digits than a double.
  const [, digits] = /^(-?\d+)(?:\.0*)?$/.exec(plainDigits(String(json))) ?? fail('expected an integer');
  return BigInt(digits as string);
}

function parseInteger(text: string): bigint {
  return /^[-+]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : fail('expected an integer');
}

// @__NO_SIDE_EFFECTS__
function wide(bits: bigint, signed: boolean): Scalar<bigint> {
  const low = signed ? -(1n << (bits - 1n)) : 0n;
  const high = signed ? -low - 1n : (1n << bits) - 1n;
  const check = (integer: bigint): bigint => (integer >= low && integer <= high ? integer : fail(`expected an integer from ${low} to ${high}`));
  // A number where a bigint belongs is taken: only what it cannot hold would be lost.
  return exact({ read: (json: Json) => check(digitsOf(json)), parse: (text: string) => check(parseInteger(text)), print: (value: bigint) => String(check(digitsOf(value))), wide: true });
}

export const int64: Scalar<bigint> = /* @__PURE__ */ wide(64n, true);
export const uint64: Scalar<bigint> = /* @__PURE__ */ wide(64n, false);

/** An integer of any size: a number where that is exact, else a bigint. */
export type Integer = number | bigint;

const smallest = (integer: bigint): Integer => (BigInt.asIntN(54, integer) === integer && Number.isSafeInteger(Number(integer)) ? Number(integer) : integer);
export const integer: Scalar<Integer> = /* @__PURE__ */ exact({
  read: (json: Json) => (Number.isSafeInteger(json) ? (json as number) + 0 : smallest(digitsOf(json))),
  parse: (text: string) => smallest(parseInteger(text)),
  print: (value: Integer) => String(digitsOf(value)),
});
