import { put } from './codec.js';
import { fail } from './errors.js';
import { resolved } from './members.js';
/** Members with their names; what says nothing else of itself is a codec. */
function listed(members) {
    return Object.entries(members).map(([name, member]) => ({ codec: member, ...member, name }));
}
/** An object with named members. The first argument is JSON, in written order; the second is XML. */
// @__NO_SIDE_EFFECTS__
export function object(members, facts) {
    return { members: listed(members), facts };
}
/** An object that has more than named members. */
// @__NO_SIDE_EFFECTS__
export function objectWith(members, facts, options) {
    const table = { ...members };
    // A document may have what only the other side sends: it is kept, and written again.
    for (const [name, codec] of Object.entries(options.beside ?? {}))
        table[name] = { codec: codec, ...codec, optional: true };
    const names = [...new Set([...(options.order ?? []), ...Object.keys(table)])].filter((name) => !(options.sharing?.names.includes(name) ?? false));
    const all = listed(Object.fromEntries(names.map((name) => [name, table[name]])));
    const { closed, additional, patterns, sharing, required } = options;
    const further = additional === undefined && patterns === undefined ? undefined : (name) => patterns?.find(([pattern]) => new RegExp(pattern, 'u').test(name))?.[1] ?? additional;
    const takes = (name) => further?.(name) !== undefined || sharing?.names.includes(name) === true;
    const beyond = {
        closed,
        additional,
        further,
        takes,
        rest: (json, value, read) => {
            const others = Object.keys(json).filter((name) => !all.some((member) => member.name === name && member.only !== 'xml'));
            for (const name of others) {
                const codec = further?.(name);
                if (codec !== undefined)
                    put(value, name, read(codec, json[name], name));
                else if (closed === true && !takes(name))
                    fail(`a member ${name} more`);
            }
            return others.filter(takes).length;
        },
        before: (json, value, codec, read) => {
            const other = told(json, options);
            if (other !== undefined && resolved(other)[0] !== codec)
                return read(other, json);
            for (const name of required ?? [])
                if (!Object.hasOwn(json, name))
                    fail(`no member ${name}`);
            return sharing?.known(json, value);
        },
        begin: (value, codec, write) => {
            const other = told(value, options);
            return other !== undefined && resolved(other)[0] !== codec ? { whole: write(other, value) } : sharing?.write(value);
        },
    };
    return { members: all, facts, beyond };
}
/** The codec that the discriminator tells. */
function told(value, options) {
    const name = Object.hasOwn(value, options.discriminator ?? '') ? value[options.discriminator ?? ''] : undefined;
    if (options.mapping === undefined)
        return undefined;
    const mapping = options.mapping();
    return typeof name === 'string' && Object.hasOwn(mapping, name) ? mapping[name] : options.otherwise?.();
}
