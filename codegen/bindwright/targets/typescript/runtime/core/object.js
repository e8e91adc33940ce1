import { actual, kept, namesOf, own, put } from './codec.js';
import { fail, within } from './errors.js';
import { resolved } from './members.js';
import { Digits, exactness } from './exact.js';
import { quote, writeJson } from './quote.js';
function memberOf(name, member) {
    const absence = 'optional' in member ? member : undefined;
    return {
        name,
        codec: absence?.optional ?? member,
        optional: absence !== undefined || 'expected' in member,
        zero: absence?.zero,
        only: absence?.only,
        quoted: `${quote(name)}:`,
        inherited: name in Object.prototype,
    };
}
/** Whether a JSON value is an object. */
export function isObject(json) {
    return typeof json === 'object' && json !== null && !Array.isArray(json) && !(json instanceof Digits);
}
/** An object with named members. The first argument is JSON, in written order; the second is XML. */
// @__NO_SIDE_EFFECTS__
export function object(members, facts, options = {}) {
    const table = { ...members };
    // A document may have what only the other side sends: it is kept, and written again.
    for (const [name, codec] of Object.entries(options.beside ?? {}))
        table[name] = 'optional' in codec ? codec : { optional: codec };
    const shared = options.sharing?.names ?? [];
    const list = [...new Set([...(options.order ?? []), ...Object.keys(table)])].filter((name) => !shared.includes(name)).map((name) => memberOf(name, table[name]));
    const inJson = Object.fromEntries(list.filter((member) => member.only !== 'xml').map((member) => [member.name, member]));
    const codec = {
        read: (json) => {
            if (!isObject(json))
                return fail('expected an object');
            const other = options.mapping === undefined ? undefined : told(json, options);
            if (other !== undefined && other !== codec)
                return other.read(json);
            const known = options.sharing?.known(json);
            if (known !== undefined)
                return known;
            const value = {};
            options.sharing?.begin(json, value);
            let count = 0;
            for (const member of list) {
                const { name } = member;
                const part = member.inherited ? own(json, name) : json[name];
                if (part === undefined || member.only === 'xml') {
                    if (!member.optional)
                        fail(`no member ${name}`);
                    continue;
                }
                count++;
                if (part === null && member.optional && !resolved(member.codec)[1])
                    continue;
                try {
                    put(value, name, member.codec.read(part));
                }
                catch (error) {
                    throw within(error, name);
                }
            }
            if (Object.keys(json).length > count)
                rest(json, value, inJson, options);
            for (const name of options.required ?? [])
                if (!Object.hasOwn(json, name))
                    fail(`no member ${name}`);
            return value;
        },
        write: (given) => {
            if (typeof given !== 'object' || given === null)
                return fail('expected an object');
            const value = given;
            const other = value[actual] ?? (options.mapping === undefined ? undefined : told(value, options));
            if (other !== undefined && other !== codec)
                return other.write(value);
            const id = options.sharing?.write(value);
            if (id !== undefined && 'reference' in id)
                return id.reference;
            const unknown = value[kept]?.json;
            let text = id?.id ?? '';
            if (unknown !== undefined)
                text += woven(unknown, undefined);
            for (const member of list) {
                const part = member.inherited ? own(value, member.name) : value[member.name];
                if (part === undefined) {
                    if (!member.optional)
                        fail(`no member ${member.name}`);
                }
                else if (member.only !== 'xml') {
                    try {
                        const written = member.codec.write(part);
                        if (written !== member.zero)
                            text += `,${member.quoted}${written}`;
                    }
                    catch (error) {
                        throw within(error, member.name);
                    }
                }
                if (unknown !== undefined)
                    text += woven(unknown, member.name);
            }
            if (options.additional !== undefined || options.patterns !== undefined)
                text += further(value, table, options);
            return `{${text.slice(1)}}`;
        },
        facts,
        closed: options.closed,
        additional: options.additional,
        members: list,
    };
    return codec;
}
/** The codec that the discriminator tells. */
function told(value, options) {
    const name = own(value, options.discriminator ?? '');
    return (typeof name === 'string' ? own(options.mapping?.() ?? {}, name) : undefined) ?? options.otherwise?.();
}
/** Members that are not described. */
function rest(json, value, table, options) {
    const unknown = [];
    let after;
    for (const name of namesOf(json)) {
        if (!Object.hasOwn(table, name) && !(options.sharing?.names.includes(name) ?? false)) {
            const part = json[name];
            const codec = furtherCodec(name, options);
            if (codec !== undefined) {
                try {
                    put(value, name, codec.read(part));
                }
                catch (error) {
                    throw within(error, name);
                }
            }
            else if (options.closed === true)
                fail(`a member ${name} that is not described`);
            else
                unknown.push([name, part, after]);
            exactness.counts = true;
        }
        after = name;
    }
    if (unknown.length > 0)
        value[kept] = { json: unknown };
}
/** The members that stood behind another one, and those that stood behind them. */
function woven(unknown, after) {
    return unknown.map(([name, json, before]) => (before === after ? `,${quote(name)}:${writeJson(json)}${woven(unknown, name)}` : '')).join('');
}
/** The codec of a member without a name of its own. */
function furtherCodec(name, options) {
    return options.patterns?.find(([pattern]) => new RegExp(pattern, 'u').test(name))?.[1] ?? options.additional;
}
function further(value, table, options) {
    let text = '';
    for (const name of namesOf(value)) {
        const part = value[name];
        if (!Object.hasOwn(table, name) && part !== undefined) {
            try {
                const codec = furtherCodec(name, options) ?? fail('a member that is not described');
                text += `,${quote(name)}:${codec.write(part)}`;
            }
            catch (error) {
                throw within(error, name);
            }
        }
    }
    return text;
}
