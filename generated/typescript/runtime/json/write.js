import { actual, kept, namesOf, own } from '../core/codec.js';
import { fail, within } from '../core/errors.js';
import { resolved } from '../core/members.js';
import { quote, writeFree } from '../core/quote.js';
import { reading } from '../core/reading.js';
import { keepMembers } from './keep.js';
// What nobody describes is written as it came.
reading.keep = keepMembers;
/** The JSON text of a value. */
export function writeJson(codec, value) {
    if (codec.inner !== undefined)
        return value === null && codec.nil === true ? 'null' : writeJson(codec.inner(), value);
    if (codec.write !== undefined)
        return codec.write(value, writeJson);
    if (codec.print !== undefined) {
        const text = codec.print(value);
        return codec.quoted === true ? quote(text) : text;
    }
    if (codec.members !== undefined)
        return typeof value === 'object' && value !== null ? writeObject(codec, value) : fail('expected an object');
    return Array.isArray(value) ? `[${value.map((part, index) => step(codec.item ?? fail('no item'), part, index)).join(',')}]` : fail('expected an array');
}
function step(codec, part, place) {
    try {
        return writeJson(codec, part);
    }
    catch (error) {
        throw within(error, place);
    }
}
function writeObject(codec, source) {
    const { beyond, members = [] } = codec;
    const other = source[actual];
    if (other !== undefined && other !== codec)
        return writeJson(other, source);
    const value = codec.complete?.(source) ?? source;
    const { whole, first = '' } = beyond?.begin?.(value, codec, writeJson) ?? {};
    if (whole !== undefined)
        return whole;
    // What a member could not hold is written as long as the member has no value.
    const unknown = (value[kept]?.json ?? []).filter(([name]) => own(value, name) === undefined);
    let text = first + woven(unknown, undefined);
    for (const facts of members) {
        const { name, codec: part, optional, zero, only } = facts;
        const member = own(value, name);
        if (member === undefined) {
            if (!optional)
                fail(`no member ${name}`);
        }
        else if (only !== 'xml') {
            const written = step(part, member, name);
            if (written !== zero)
                text += `,${(facts.label ??= `${quote(name)}:`)}${written}`;
        }
        if (!unknown.some((entry) => entry[0] === name))
            text += woven(unknown, name);
    }
    if (beyond?.further !== undefined)
        for (const name of namesOf(value)) {
            const further = value[name] === undefined || members.some((member) => member.name === name) ? undefined : beyond.further(name);
            if (further !== undefined)
                text += `,${quote(name)}:${step(further, value[name], name)}`;
        }
    return `{${text.slice(1)}}`;
}
/** The members that stood behind another one, and those that stood behind them. */
function woven(unknown, after) {
    let text = '';
    for (const [name, json, before] of unknown)
        if (before === after)
            text += `,${quote(name)}:${writeFree(json)}${woven(unknown, name)}`;
    return text;
}
/** Writes a JSON document. Throws `DataError` for a value that is none of the type. */
export function toJson(codec, value) {
    reading.shared = undefined;
    const text = writeJson(codec, value);
    // With .NET, U+0085, U+2028 and U+2029 are escaped, too.
    return (codec.facts ?? resolved(codec)[0].facts)?.profile?.byDepth ? text.replace(/[\x85\u2028\u2029]/g, (character) => `\\u${`00${character.charCodeAt(0).toString(16)}`.slice(-4)}`) : text;
}
