import { fail } from './errors.js';
import { reading } from './reading.js';
import { exact } from '../json/exactly.js';
import { writeFree } from './quote.js';
/** A value of XML whose type stood in `xsi:type`, where JSON alone would not tell it. */
export class Typed {
    /** The name that `xsi:type` had. */
    type;
    codec;
    value;
    constructor(type, codec, value) {
        this.type = type;
        this.codec = codec;
        this.value = value;
    }
}
/** Any value. */
// @__NO_SIDE_EFFECTS__
export function anything(facts = {}) {
    return exact({
        read: (json) => {
            reading.again = true;
            return json;
        },
        write: (value, write) => (value instanceof Typed ? (value.value === null ? 'null' : write(value.codec, value.value)) : value === undefined ? fail('expected a value') : writeFree(value)),
        facts,
        kind: facts.kind,
    });
}
/** Any value of JSON; XML has it in `anyOf`. */
export const any = /* @__PURE__ */ anything();
/** No value. */
export const never = { read: () => fail('no value can stand here'), write: () => fail('no value can stand here') };
/** Null alone. */
export const nothing = {
    read: (json) => (json === null ? null : fail('expected null')),
    write: () => 'null',
    parse: () => null,
    print: () => '',
};
/** A value of an enum of several types. */
export const value = {
    read: (json) => (typeof json === 'string' || typeof json === 'boolean' || typeof json === 'number' ? json : json instanceof Number ? Number(json) : fail('expected a scalar')),
    write: writeFree,
    parse: (text) => text,
    raw: true,
    print: String,
};
/** An enum of values of several types, which XML has as texts. */
// @__NO_SIDE_EFFECTS__
export function values(listed, open, facts = {}) {
    const check = (literal) => (open === 'open' || listed.includes(literal) ? literal : fail(`expected one of ${listed.join(', ')}`));
    return {
        read: (json) => check(value.read(json)),
        write: (literal) => writeFree(check(literal)),
        parse: (text) => check(listed.find((literal) => String(literal) === text) ?? text),
        raw: true,
        print: String,
        facts,
    };
}
