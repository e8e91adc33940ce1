import type { AnyCodec, Json, Scalar } from '../core/codec.js';
import { fail } from '../core/errors.js';
import { parseText } from '../core/parse.js';
import { quote } from '../core/quote.js';
import { exact } from '../json/exactly.js';
import { bareDecimal, decimalOf, plainDigits, spelling, type Decimal } from './decimals.js';
import { numberOf, uint16 } from './integers.js';
import { double, parseReal, printReal } from './reals.js';
import { boolean, duration, texts, textOf } from './text.js';

/** A number of JSON with a point. */
const pointed = (digits: string): string => (/[.eE]/.test(digits) ? digits : `${digits}.0`);

/** .NET's format "R": few digits where they read back to the same value, else as many as it takes. */
function roundTrip(value: number, few: number, many: number, narrow: (value: number) => number): string {
  const short = value.toExponential(few - 1);
  const reads = narrow(Number(short)) === value;
  const [, sign = '', whole = '', fraction = '', power = '0'] = /^(-?)(\d)(?:\.(\d+))?e([-+]\d+)$/.exec(reads ? short : value.toExponential(many - 1)) ?? [];
  const digits = (whole + fraction).replace(/0+$/, '') || '0';
  const exponent = Number(power);
  if (exponent + 1 > (reads ? few : many) || exponent + 1 < -3)
    return `${sign}${digits.slice(0, 1)}${digits.length > 1 ? `.${digits.slice(1)}` : ''}E${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  return sign + plainDigits(`${digits.slice(0, 1)}.${digits.slice(1)}e${exponent}`).replace(/\.$/, '');
}

// @__NO_SIDE_EFFECTS__
function reals(digits: (value: number) => string): Scalar<number> {
  return {
    read: (json) => (json === 'NaN' ? NaN : json === 'Infinity' || json === 'INF' ? Infinity : json === '-Infinity' || json === '-INF' ? -Infinity : double.read(json)),
    write: (value: number) => {
      const number = numberOf(value);
      return Number.isFinite(number) ? pointed(number === 0 ? '0' : digits(number)) : `"${number}"`;
    },
    parse: parseReal,
    print: (value) => printReal(value, digits),
    // .NET's `Convert.ToString`.
    keys: { parse: parseReal, print: (value: number) => printReal(value === 0 ? 0 : value, digits).replace('INF', 'Infinity') } as AnyCodec,
  };
}

export const dotnetDouble: Scalar<number> = /* @__PURE__ */ reals((value) => roundTrip(value, 15, 17, (number) => number));
export const dotnetFloat: Scalar<number> = /* @__PURE__ */ reals((value) => roundTrip(Math.fround(value), 7, 9, Math.fround));

/** A decimal of .NET has 29 digits; zeros behind them are not kept. */
function roomy(digits: string): string {
  if (!digits.includes('.') || digits.replace(/[-.]/g, '').length <= 29) return digits;
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return digits.slice(0, digits[end - 1] === '.' ? end - 1 : end);
}

export const dotnetDecimal: Scalar<Decimal> = /* @__PURE__ */ exact({
  read: (json: Json) => roomy(plainDigits(spelling(json))),
  write: (value: string) => pointed(plainDigits(decimalOf(value))),
  parse: decimalOf,
  print: decimalOf,
  pattern: bareDecimal,
});

/** A truth value as .NET has it in keys; `true` and `false` are read, too. */
export const dotnetBoolean: Scalar<boolean> = {
  read: boolean.read,
  parse: (text) => (text === 'True' || (text === 'False' || text === 'false' ? false : text === 'true' || fail('expected True or False'))),
  print: (value) => (boolean.read(value) ? 'True' : 'False'),
};

/** A character: one unit of UTF-16. */
export const char: Scalar<string> = {
  read: (json) => (textOf(json).length === 1 ? textOf(json) : fail('expected one character')),
  print: (value) => char.read(value),
  quoted: true,
  raw: true,
};

/** A character, which XML has as its number. */
export const charCode: Scalar<string> = {
  read: char.read,
  write: (value: string) => quote(char.read(value)),
  parse: (text) => String.fromCharCode(parseText(uint16, text) as number),
  print: (value) => String(char.read(value).charCodeAt(0)),
};

/** Hundreds of nanoseconds of a span. */
function ticks(parts: RegExpExecArray): bigint {
  const at = (index: number): bigint => BigInt(parts[index] ?? 0);
  const total = (((at(2) * 24n + at(3)) * 60n + at(4)) * 60n + at(5)) * 10000000n + BigInt((parts[6] ?? '').slice(0, 7).padEnd(7, '0'));
  return parts[1] ? -total : total;
}

const pad = (number: bigint, length = 2): string => String(number).padStart(length, '0');

function spanOf(total: bigint): readonly [sign: string, days: bigint, hours: bigint, minutes: bigint, seconds: bigint, fraction: bigint] {
  const size = total < 0n ? -total : total;
  const seconds = size / 10000000n;
  return [total < 0n ? '-' : '', seconds / 86400n, (seconds / 3600n) % 24n, (seconds / 60n) % 60n, seconds % 60n, size % 10000000n];
}

function printSpan(total: bigint): string {
  const [sign, days, hours, minutes, seconds, fraction] = spanOf(total);
  return `${sign}${days ? `${days}.` : ''}${pad(hours)}:${pad(minutes)}:${pad(seconds)}${fraction ? `.${pad(fraction, 7)}` : ''}`;
}

function printDuration(total: bigint): string {
  const [sign, days, hours, minutes, seconds, fraction] = spanOf(total);
  const rest = fraction ? `.${pad(fraction, 7).replace(/0+$/, '')}` : '';
  const clock = `${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${seconds || rest ? `${seconds}${rest}S` : ''}`;
  return `${sign}P${days ? `${days}D` : ''}${clock || !days ? `T${clock || '0S'}` : ''}`;
}

const span = /^(-)?(?:(\d+)\.)?(\d+):([0-5]\d):([0-5]\d)(?:\.(\d{1,7}))?$/;
const dayTime = /^(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?$/;

/** A TimeSpan: `d.hh:mm:ss.fffffff`; XML has it as a duration. */
export const dotnetTimeSpan: Scalar<string> = /* @__PURE__ */ (() => {
  const text = texts((value) => printSpan(ticks(span.exec(value) ?? fail('expected a time span'))));
  return {
    read: text.read,
    write: (value: string) => quote(text.print(value)),
    parse: (value: string): string => printSpan(ticks(dayTime.exec(duration.read(value)) ?? fail('expected a duration of days and seconds'))),
    print: (value: string): string => printDuration(ticks(span.exec(textOf(value)) ?? fail('expected a time span'))),
    keys: text,
  };
})();

/** A URI that .NET writes in its own spelling. */
export const dotnetUri: Scalar<string> = {
  read: textOf,
  write: (value: string) => quote(textOf(value)),
  parse: (text) => text,
  raw: true,
  print: (value) => {
    if (/^https?:\/\//i.test(textOf(value)) && URL.canParse(value)) return new URL(value).href;
    return encodeURI(value).replace(/%25/g, '%');
  },
};

