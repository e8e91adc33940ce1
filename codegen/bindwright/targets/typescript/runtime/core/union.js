import { actual, kept, own } from './codec.js';
import { DataError, fail } from './errors.js';
import { isObject } from './object.js';
/** Whether what the IR says of an alternative holds for a value. */
function admits(rules, value) {
    const listed = rules.values === undefined || rules.open === true || rules.values.includes(value);
    const object = typeof value === 'object' && value !== null ? value : undefined;
    if (object === undefined)
        return listed;
    const constants = Object.entries(rules.constants ?? {}).every(([name, values]) => {
        const part = own(object, name);
        return part === undefined || values.includes(part);
    });
    return listed && constants && (rules.requires ?? []).every((name) => Object.hasOwn(object, name));
}
/** How many members of a value its type does not name. */
function unnamed(value) {
    const extra = typeof value === 'object' && value !== null ? value[kept] : undefined;
    return extra?.json?.length ?? 0;
}
/** Members of a value that an object's codec does not name. */
function strange(value, codec) {
    let target = codec;
    while (target.inner !== undefined)
        target = target.inner();
    if (typeof value !== 'object' || value === null || target.members === undefined)
        return 0;
    const names = new Set(target.members.map((member) => member.name));
    return Object.keys(value).filter((name) => !names.has(name)).length;
}
/** The alternative that takes a value with the fewest members left over, and what it makes of it. */
function best(rules, value, change, lost) {
    let result;
    for (const one of rules) {
        if (!admits(one, value))
            continue;
        try {
            const changed = change(one.codec);
            const left = lost(changed, one.codec);
            if (result === undefined || left < result.lost)
                result = { value: changed, lost: left };
            if (left === 0 && one.open !== true)
                break;
        }
        catch (error) {
            if (!(error instanceof DataError))
                throw error;
        }
    }
    return result === undefined ? fail('no alternative of the union fits') : result.value;
}
/** One of several types, in the order of trial. */
// @__NO_SIDE_EFFECTS__
export function union(parts, options = {}, facts = {}) {
    const rules = parts.map((part) => ('codec' in part ? part : { codec: part }));
    const told = (value) => {
        if (options.discriminator === undefined || typeof value !== 'object' || value === null)
            return undefined;
        const name = own(value, options.discriminator);
        if (name === undefined && options.otherwise === undefined)
            return undefined;
        const position = typeof name === 'string' ? own((options.mapping ?? {}), name) : undefined;
        return rules[position ?? options.otherwise ?? -1]?.codec ?? fail(`no alternative ${String(name)}`);
    };
    const codec = {
        read: (json) => (isObject(json) ? told(json) : undefined)?.read(json) ?? best(rules, json, (one) => one.read(json), unnamed),
        write: (value) => {
            const known = told(value) ?? (typeof value === 'object' && value !== null ? value[actual] : undefined);
            return known !== undefined ? known.write(value) : best(rules, value, (one) => one.write(value), (_, one) => strange(value, one));
        },
        facts,
        kind: facts.kind,
        parts: rules.map((one) => one.codec),
        told: (value) => {
            const known = told(value);
            return known ?? (typeof value === 'object' && value !== null ? undefined : best(rules, value, (one) => (one.write(value), one), () => 0));
        },
    };
    return codec;
}
/** The alternative that a value is written by. */
export function alternativeOf(codec, value, write) {
    return best((codec.parts ?? []).map((part) => ({ codec: part })), value, (one) => (write(one), one), (_, one) => strange(value, one));
}
