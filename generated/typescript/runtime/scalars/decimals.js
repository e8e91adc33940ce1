import { fail } from '../core/errors.js';
import { reading } from '../core/reading.js';
import { exact } from '../json/exactly.js';
import { texts, textOf } from './text.js';
const decimalText = /^[-+]?(\d+(\.\d*)?|\.\d+)$/;
/** Decimals that are written as they are. */
export const bareDecimal = /^-?\d+(?:\.\d+)?$/;
/** The digits without an exponent. */
export function plainDigits(text) {
    const [, sign = '', whole = '', fraction = '', power = '0'] = /^([-+]?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+))?$/.exec(text) ?? fail('expected a decimal number');
    const shift = Number(power);
    if (Math.abs(shift) > 6200)
        fail('a decimal number with too many digits');
    const all = whole + fraction;
    const point = whole.length + shift;
    const padded = point <= 0 ? '0'.repeat(1 - point) + all : all.padEnd(point, '0');
    const end = Math.max(point, 1);
    return `${sign === '-' ? '-' : ''}${padded.slice(0, end)}${padded.length > end ? `.${padded.slice(end)}` : ''}`;
}
/** The spelling of a JSON number. */
export function spelling(json) {
    reading.again = true;
    return typeof json === 'number' || typeof json === 'bigint' || json instanceof Number ? String(json) : fail('expected a number');
}
/** The text of a decimal number, which is written without the sign +. */
export const decimalOf = (value) => (bareDecimal.test(textOf(value)) ? value : decimalText.test(value) ? value.replace('+', '') : fail('expected a decimal number'));
export const decimal = /* @__PURE__ */ exact({
    read: (json) => plainDigits(spelling(json)),
    // JSON has no sign +, and a digit on both sides of the point.
    write: (value) => plainDigits(decimalOf(value)),
    parse: decimalOf,
    print: decimalOf,
    pattern: bareDecimal,
});
/** A decimal number that JSON has in a string. */
export const quotedDecimal = /* @__PURE__ */ texts(decimalOf);
