import { fail } from '../core/errors.js';
import { reading } from '../core/reading.js';
import { exact } from '../json/exactly.js';
import { plainDigits } from './decimals.js';
/** The number of a JSON number, as near as a double comes. */
export function numberOf(json) {
    return typeof json === 'number' ? json : typeof json === 'bigint' || json instanceof Number ? Number(json) : fail('expected a number');
}
// @__NO_SIDE_EFFECTS__
function narrow(low, high) {
    const read = (json) => {
        const number = json instanceof Number ? +json : json;
        return Number.isInteger(number) && number >= low && number <= high ? number + 0 : fail(`expected an integer from ${low} to ${high}`);
    };
    return { read, print: (value) => String(read(value)), low };
}
export const int8 = /* @__PURE__ */ narrow(-128, 127);
export const int16 = /* @__PURE__ */ narrow(-32768, 32767);
export const int32 = /* @__PURE__ */ narrow(-2147483648, 2147483647);
export const uint8 = /* @__PURE__ */ narrow(0, 255);
export const uint16 = /* @__PURE__ */ narrow(0, 65535);
export const uint32 = /* @__PURE__ */ narrow(0, 4294967295);
/** An integer that a double holds exactly. */
export const safeInteger = /* @__PURE__ */ narrow(-9007199254740991, 9007199254740991);
/** All digits of an integer; what `JSON.parse` has rounded is not refused here, but read again. */
function digitsOf(json) {
    reading.again = true;
    if (typeof json === 'bigint')
        return json;
    if (typeof json === 'number' && Number.isInteger(json))
        return BigInt(json);
    numberOf(json);
    // Spelled with a point or an exponent, it may have more digits than a double.
    const [, digits] = /^(-?\d+)(?:\.0*)?$/.exec(plainDigits(String(json))) ?? fail('expected an integer');
    return BigInt(digits);
}
function parseInteger(text) {
    return /^[-+]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : fail('expected an integer');
}
// @__NO_SIDE_EFFECTS__
function wide(bits, signed) {
    const low = signed ? -(1n << (bits - 1n)) : 0n;
    const high = signed ? -low - 1n : (1n << bits) - 1n;
    const check = (integer) => (integer >= low && integer <= high ? integer : fail(`expected an integer from ${low} to ${high}`));
    // A number where a bigint belongs is taken: only what it cannot hold would be lost.
    return exact({ read: (json) => check(digitsOf(json)), parse: (text) => check(parseInteger(text)), print: (value) => String(check(digitsOf(value))), wide: true });
}
export const int64 = /* @__PURE__ */ wide(64n, true);
export const uint64 = /* @__PURE__ */ wide(64n, false);
const smallest = (integer) => (BigInt.asIntN(54, integer) === integer && Number.isSafeInteger(Number(integer)) ? Number(integer) : integer);
export const integer = /* @__PURE__ */ exact({
    read: (json) => (Number.isSafeInteger(json) ? json + 0 : smallest(digitsOf(json))),
    parse: (text) => smallest(parseInteger(text)),
    print: (value) => String(digitsOf(value)),
});
