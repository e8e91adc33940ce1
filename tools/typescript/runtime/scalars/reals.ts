import type { Scalar } from '../core/codec.js';
import { fail } from '../core/errors.js';
import { numberOf } from './integers.js';

/** A number that a double holds: what is written with digits is never infinite. */
function inRange(number: number): number {
  return Number.isFinite(number) ? number : fail('expected a number in the range of a double');
}

/** A number of XML Schema: INF, -INF and NaN included, and what .NET calls them. */
export function parseReal(text: string): number {
  if (/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(text)) return inRange(+text);
  return /^([-+]?INF|-?Infinity)$/.test(text) ? (text.startsWith('-') ? -Infinity : Infinity) : text === 'NaN' ? NaN : fail('expected a number');
}

/** The text of a number in XML, with digits that a function makes. */
export function printReal(value: number, digits: (value: number) => string): string {
  const number = numberOf(value);
  if (Number.isFinite(number)) return Object.is(number, -0) ? '-0' : digits(number);
  return Number.isNaN(number) ? 'NaN' : number > 0 ? 'INF' : '-INF';
}

/** A double. JSON has none that is no number. */
export const double: Scalar<number> = {
  read: (json) => inRange(numberOf(json)),
  write: (value: number) => (Number.isFinite(numberOf(value)) ? (Object.is(value, -0) ? '-0' : String(value)) : fail('JSON has no such number')),
  parse: parseReal,
  print: (value) => printReal(value, String),
};

/** A single; its digits are those of the double that was read. */
export const float: Scalar<number> = double;
