import type { Json, Scalar } from '../core/codec.js';
import { fail } from '../core/errors.js';
import { reading } from '../core/reading.js';
import { exact } from '../json/exactly.js';
import { texts, textOf } from './text.js';

/** A decimal number as text, with the scale that it has: `1.50` is not `1.5`. */
export type Decimal = string;

const decimalText: RegExp = /^[-+]?(\d+(\.\d*)?|\.\d+)$/;

/** Decimals that are written as they are. */
export const bareDecimal: RegExp = /^-?\d+(?:\.\d+)?$/;

/** The digits without an exponent. */
export function plainDigits(text: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] = /^([-+]?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+))?$/.exec(text) ?? fail('expected a decimal number');
  const shift = Number(power);
  if (Math.abs(shift) > 6200) fail('a decimal number with too many digits');
  const all = whole + fraction;
  const point = whole.length + shift;
  const padded = point <= 0 ? '0'.repeat(1 - point) + all : all.padEnd(point, '0');
  const end = Math.max(point, 1);
  return `${sign === '-' ? '-' : ''}${padded.slice(0, end)}${padded.length > end ? `.${padded.slice(end)}` : ''}`;
}

/** The spelling of a JSON number. */
export function spelling(json: Json): string {
  reading.again = true;
  return typeof json === 'number' || typeof json === 'bigint' || (json as unknown) instanceof Number ? String(json) : fail('expected a number');
}

/** The text of a decimal number, which is written without the sign +. */
export const decimalOf = (value: string): string => (bareDecimal.test(textOf(value)) ? value : decimalText.test(value) ? value.replace('+', '') : fail('expected a decimal number'));

export const decimal: Scalar<Decimal> = /* @__PURE__ */ exact({
  read: (json: Json) => plainDigits(spelling(json)),
  // JSON has no sign +, and a digit on both sides of the point.
  write: (value: string) => plainDigits(decimalOf(value)),
  parse: decimalOf,
  print: decimalOf,
  pattern: bareDecimal,
});

/** A decimal number that JSON has in a string. */
export const quotedDecimal: Scalar<Decimal> = /* @__PURE__ */ texts(decimalOf);
