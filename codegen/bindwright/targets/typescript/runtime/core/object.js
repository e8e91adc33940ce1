import { isObject, readJson, readMember } from '../json/read.js';
import { own, put } from './codec.js';
import { fail } from './errors.js';
import { optional, resolved } from './members.js';
import { reading } from './reading.js';
/** Members with their names; what says nothing else of itself is a codec. */
function listed(members) {
    return Object.entries(members).map(([name, member]) => ({ codec: member, ...member, name }));
}
/** Reads an object that has named members alone. */
function readObject(json, codec) {
    // As `isObject`, whose code is not worth a function here.
    if (!json || Object.getPrototypeOf(json) !== Object.prototype)
        fail('expected an object');
    const fields = json;
    const value = {};
    for (const member of codec.members) {
        const part = readMember(member, fields[member.name]);
        if (part !== undefined)
            value[member.name] = part;
    }
    reading.keep?.(codec, fields, value);
    return value;
}
/** An object with named members, none of which is called like something that all objects have. The first argument is JSON, in written order; the second is XML. */
// @__NO_SIDE_EFFECTS__
export function object(members, facts) {
    return { members: listed(members), read: readObject, facts };
}
/** An object that has more than named members, or members of any name. */
// @__NO_SIDE_EFFECTS__
export function objectWith(members, facts, options = {}) {
    const table = { ...members };
    // A document may have what only the other side sends: it is kept, and written again.
    for (const [name, part] of Object.entries(options.beside ?? {}))
        table[name] = 'codec' in part ? { ...part, optional: true } : optional(part);
    const names = [...new Set([...(options.order ?? []), ...Object.keys(table)])].filter((name) => !(options.sharing?.names.includes(name) ?? false));
    // One by one: an object would put names that are integers first.
    const all = names.flatMap((name) => listed({ [name]: table[name] }));
    const { closed, additional, patterns, sharing, required } = options;
    const which = patterns && ((name) => patterns.findIndex(([pattern]) => new RegExp(pattern, 'u').test(name)));
    const further = additional === undefined && patterns === undefined ? undefined : (name) => patterns?.[which?.(name) ?? -1]?.[1] ?? additional;
    const takes = (name) => further?.(name) !== undefined || sharing?.names.includes(name) === true;
    /** Members that are not named. */
    const readFurther = (json, value) => {
        for (const name of Object.keys(json)) {
            if (all.some((member) => member.name === name && member.only !== 'xml'))
                continue;
            const codec = further?.(name);
            if (codec !== undefined)
                put(value, name, readMember({ ...codec, codec, name }, json[name]));
            else if (closed === true && !takes(name))
                fail(`a member ${name} more`);
        }
    };
    const read = (json, codec) => {
        const fields = isObject(json) ? json : fail('expected an object');
        const other = codecOfTag(fields, options);
        if (other !== undefined && resolved(other)[0] !== codec)
            return readJson(other, json);
        for (const name of required ?? [])
            if (!Object.hasOwn(fields, name))
                fail(`no member ${name}`);
        const value = {};
        const known = sharing?.known(fields, value);
        if (known !== undefined)
            return known;
        for (const member of all) {
            const part = readMember(member, own(fields, member.name));
            if (part !== undefined)
                put(value, member.name, part);
        }
        readFurther(fields, value);
        reading.keep?.(codec, fields, value);
        return value;
    };
    const beyond = {
        closed,
        which,
        inherited: names.filter((name) => name in Object.prototype),
        further,
        takes,
        told: (value) => codecOfTag(value, options),
        begin: (value, codec, write) => {
            const other = codecOfTag(value, options);
            return other !== undefined && resolved(other)[0] !== codec ? { whole: write(other, value) } : sharing?.write(value);
        },
    };
    return { members: all, read, facts, beyond };
}
/** The codec that the discriminator tells. */
function codecOfTag(value, options) {
    const name = Object.hasOwn(value, options.discriminator ?? '') ? value[options.discriminator ?? ''] : undefined;
    if (options.mapping === undefined)
        return undefined;
    const mapping = options.mapping();
    return typeof name === 'string' && Object.hasOwn(mapping, name) ? mapping[name] : options.otherwise?.();
}
