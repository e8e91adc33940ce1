import { fail } from './errors.js';
/** Listed values; an open enum takes others as they are. */
// @__NO_SIDE_EFFECTS__
export function enumeration(base, values, open, facts = {}) {
    const scalar = base;
    const check = (value) => (open === 'open' || values.includes(value) ? value : fail(`expected one of ${values.map(String).join(', ')}`));
    return {
        read: (json) => check(scalar.read(json)),
        write: (value, write) => write(scalar, check(value)),
        parse: scalar.parse && ((text) => check(scalar.parse?.(text))),
        quoted: scalar.quoted,
        print: (value) => scalar.print(check(value)),
        plain: scalar.plain,
        raw: scalar.raw,
        facts,
    };
}
/** The name of each value, of those that have several the first one. */
function inverse(table) {
    const names = Object.keys(table);
    return (value) => names.find((name) => table[name] === value);
}
function member(table, name) {
    return Object.hasOwn(table, name) ? table[name] : fail(`no value ${name}`);
}
/** An enum with a number in JSON and a name in XML (`x-dcs-enum`). */
// @__NO_SIDE_EFFECTS__
export function names(base, table, facts = {}) {
    const scalar = base;
    const nameOf = inverse(table);
    return { read: scalar.read, write: (value, write) => write(scalar, value), parse: (text) => member(table, text), print: (value) => nameOf(value) ?? fail(`no name of ${value}`), facts };
}
/** An enum of bits: a number in JSON, names with blanks between in XML (`x-dcs-flags`). */
// @__NO_SIDE_EFFECTS__
export function flags(base, table, facts = {}) {
    const scalar = base;
    const nameOf = inverse(table);
    // JSON has the integer in the form of its base, which also says whether it is a bigint.
    const sum = (words) => {
        const bits = words.reduce((all, word) => all | word, 0n);
        return scalar.read(bits <= 0xffffffffn && bits >= -0x80000000n ? Number(bits) : bits);
    };
    const parse = (text) => sum(text.split(/[ \t\r\n]+/).filter(Boolean).map((name) => BigInt(member(table, name))));
    const print = (value) => {
        const whole = nameOf(value);
        if (whole !== undefined || BigInt(value) === 0n)
            return whole ?? '';
        let left = BigInt(value);
        const flagNames = [];
        for (const [name, single] of Object.entries(table)) {
            const bits = BigInt(single);
            if (bits !== 0n && (left & bits) === bits) {
                flagNames.push(name);
                left &= ~bits;
            }
        }
        return left === 0n ? flagNames.join(' ') : fail(`no names of ${value}`);
    };
    // .NET's `Enum.ToString`: the largest that fit, in ascending order, or the number.
    const keys = {
        parse: (text) => sum(text.split(/ *, */).map((word) => BigInt(/^-?\d+$/.test(word) ? word : member(table, word)))),
        print: (value) => {
            let left = BigInt(value);
            const flagNames = [];
            for (const [name, single] of Object.entries(table).sort(([, a], [, b]) => (a < b ? 1 : a > b ? -1 : 0))) {
                if (left > 0n && single > 0 && (left & BigInt(single)) === BigInt(single)) {
                    flagNames.unshift(name);
                    left &= ~BigInt(single);
                }
            }
            return nameOf(value) ?? (flagNames.length > 0 && left === 0n ? flagNames.join(', ') : String(value));
        },
    };
    return { read: scalar.read, write: (value, write) => write(scalar, value), parse, print, keys, facts };
}
