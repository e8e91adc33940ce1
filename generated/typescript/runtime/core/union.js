import { actual, kept, own, put } from './codec.js';
import { DataError, fail } from './errors.js';
import { reading } from './reading.js';
import { exact } from '../json/exactly.js';
import { readJson } from '../json/read.js';
import { quote, writeFree } from './quote.js';
function fieldsOf(value) {
    return typeof value === 'object' && value !== null ? value : undefined;
}
/** More than a value has members. */
export const many = 1e6;
/** How far an alternative stands behind others, if it takes a value only where no other does; `further` members it does not name. */
function behind({ values, open, usual, closed }, value, further) {
    const isUnlisted = (open === true && values?.includes(value) === false) || !hasListed(usual, value);
    return many * ((isUnlisted ? 1 : 0) + (closed === true && further > 0 ? 2 : 0));
}
/** Whether members have one of their values where they are there. */
function hasListed(members, value) {
    const object = fieldsOf(value);
    return object === undefined || Object.entries(members ?? {}).every(([name, values]) => own(object, name) === undefined || values.includes(own(object, name)));
}
/** Whether what the IR says of an alternative holds for a value. */
function admits(rules, value) {
    const listed = rules.values === undefined || rules.open === true || rules.values.includes(value);
    const object = fieldsOf(value);
    if (object === undefined)
        return listed;
    const constants = hasListed(rules.constants, value);
    return listed && constants && (rules.requires ?? []).every((name) => Object.hasOwn(object, name) || remaining(object).some(([other]) => other === name));
}
/** The members of a value that its type does not name, which are there all the same. */
function remaining(value) {
    return fieldsOf(value)?.[kept]?.json ?? [];
}
/** Members of a value that an object's codec does not describe. */
function strange(value, codec) {
    let target = codec;
    while (target.inner !== undefined)
        target = target.inner();
    const object = fieldsOf(value);
    if (object === undefined || target.members === undefined)
        return 0;
    const names = new Set(target.members.map((member) => member.name));
    return Object.keys(object).filter((name) => !names.has(name) && target.beyond?.further?.(name) === undefined).length;
}
/** The codec that another one stands for. */
function targetOf(codec) {
    return codec.inner === undefined ? codec : targetOf(codec.inner());
}
/** A value without the mark of the alternative that it was read as, where it has got members since that another one names, or a discriminator that says another one. */
function unmarked(value, rules, said) {
    const object = fieldsOf(value);
    const mark = object?.[actual];
    if (mark !== undefined && said !== undefined && targetOf(said) !== mark && rules.some(({ codec }) => targetOf(codec) === mark))
        return { ...object, [actual]: undefined };
    const left = mark === undefined || mark.beyond !== undefined ? 0 : strange(value, mark);
    return left > 0 && rules.some(({ codec }) => strange(value, codec) < left) ? { ...object, [actual]: undefined } : value;
}
/** How many items of a list or map tell, through how many levels; and what an object lacks as a map or as anything: more than a type has members. */
const [most, deepest, free] = [8, 3, 1e3];
/**
 * How far an alternative is from a value by the names in it: the members that it does not name, and behind those the
 * ones of its own that the value does not have; of a list or map what its items are together.
 */
function distance(codec, value, levels = deepest) {
    const { members, item, parts, told } = targetOf(codec);
    const object = fieldsOf(value);
    if (object === undefined)
        return 0;
    const inner = (part, held) => (part !== undefined && levels > 0 ? distance(part, held, levels - 1) : 0);
    if (told !== undefined) {
        const said = told(value);
        return Math.min(...(said === undefined ? (parts ?? []) : [said]).map((part) => inner(part, value)));
    }
    if (members === undefined) {
        const lacking = Array.isArray(value) && (item ?? parts) !== undefined ? 0 : free / many;
        return Object.values(object).slice(0, most).reduce((sum, held, index) => sum + inner(item ?? parts?.[index], held), lacking);
    }
    const names = members.filter(({ only }) => only !== 'xml').map(({ name }) => name);
    return Object.keys(object).filter((name) => !names.includes(name)).length + names.filter((name) => own(object, name) === undefined).length / many;
}
/** What alternatives have refused within the outermost union that is being read or written: each would ask it anew of what stands in it. */
let refusals;
/** The alternative that takes a value and is nearest to it, and what it makes of the value. */
function best(rules, value, change) {
    // By names alone, before anything is read: alternatives within alternatives would be read anew for each one around them.
    const ranked = rules.filter((rule) => admits(rule, value)).map((rule) => {
        const further = strange(value, rule.codec) + remaining(value).length;
        return { rule, rank: distance(rule.codec, value) + behind(rule, value, further) };
    });
    const around = refusals;
    const refused = refusals ??= new Map();
    try {
        for (const { rule } of ranked.sort((left, right) => left.rank - right.rank)) {
            const target = targetOf(rule.codec);
            if (refused.get(value)?.has(target) === true)
                continue;
            try {
                return change(rule.codec);
            }
            catch (error) {
                if (!(error instanceof DataError))
                    throw error;
                if (fieldsOf(value) !== undefined)
                    refused.set(value, (refused.get(value) ?? new Set()).add(target));
            }
        }
    }
    finally {
        refusals = around;
    }
    return fail('no alternative of the union fits');
}
/** Whether an alternative has a place of its own for a member of a value: documents need not describe the discriminator. */
function describes(codec, name, value) {
    let target = codec;
    while (target.inner !== undefined)
        target = target.inner();
    const { parts, members, beyond } = target;
    if (members !== undefined)
        return members.some((member) => member.name === name) || beyond?.further?.(name) !== undefined;
    if (target.told === undefined || parts === undefined)
        return true;
    const part = target.told(value);
    return part === undefined ? parts.some((alternative) => describes(alternative, name, value)) : describes(part, name, value);
}
/** One of several types, in the order of trial. */
// @__NO_SIDE_EFFECTS__
export function union(parts, options = {}, facts = {}) {
    const rules = parts.map((part) => ('codec' in part ? part : { codec: part }));
    const { discriminator, otherwise } = options;
    // A value that the discriminator says to be of none of them: answers keep it as it is, and it is written so.
    const unlisted = {
        read: (json) => {
            if (!reading.tolerant)
                fail(`no alternative ${String(own(json, discriminator ?? ''))}`);
            reading.again = true;
            return json;
        },
        write: writeFree,
    };
    /** The alternative that the value of the discriminator stands for. */
    const said = (value) => {
        const name = own(fieldsOf(value) ?? {}, discriminator ?? '');
        return rules[typeof name === 'string' ? (own({ ...options.mapping }, name) ?? -1) : -1]?.codec;
    };
    const codecOfTag = (value) => {
        const object = Array.isArray(value) ? undefined : fieldsOf(value);
        if (discriminator === undefined || object === undefined)
            return undefined;
        if (own(object, discriminator) === undefined && otherwise === undefined)
            return undefined;
        return said(value) ?? rules[otherwise ?? -1]?.codec ?? unlisted;
    };
    /** The text of an object with the discriminator, where its type has no place for it. */
    const tagged = (text, value, codec) => {
        const name = discriminator === undefined ? undefined : own(fieldsOf(value) ?? {}, discriminator);
        if (discriminator === undefined || name === undefined || codec === unlisted || describes(codec, discriminator, value))
            return text;
        return `{${quote(discriminator)}:${writeFree(name)}${text === '{}' ? '' : ','}${text.slice(1)}`;
    };
    /** An object with the discriminator's value that says its alternative; as it is where it has one, or where absence says it. */
    const fill = (value, part) => {
        const object = Array.isArray(value) ? undefined : fieldsOf(value);
        if (discriminator === undefined || object === undefined || own(object, discriminator) !== undefined)
            return value;
        const target = targetOf(part);
        const position = rules.findIndex(({ codec }) => targetOf(codec) === target);
        const name = Object.entries(options.mapping ?? {}).find(([, goal]) => goal === position)?.[0];
        const member = target.members?.find((field) => field.name === discriminator);
        // What says the type in a form of its own says it itself.
        const isText = member === undefined || targetOf(member.codec).quoted === true;
        return position === otherwise || name === undefined || !isText || own(target.complete?.(object) ?? object, discriminator) !== undefined ? value : { ...object, [discriminator]: name };
    };
    const readAs = (value) => fieldsOf(value)?.[actual];
    return exact({
        read: (json) => {
            const codec = codecOfTag(json);
            if (codec !== undefined) {
                const value = readJson(codec, json);
                const object = codec === unlisted ? undefined : fieldsOf(value);
                if (object !== undefined && discriminator !== undefined && own(json, discriminator) !== undefined && own(object, discriminator) === undefined && !describes(codec, discriminator, value))
                    put(object, discriminator, own(json, discriminator));
                return value;
            }
            return best(rules, json, (alternative) => readJson(alternative, json));
        },
        write: (marked, write) => {
            const value = unmarked(marked, rules, said(marked));
            const codec = codecOfTag(value) ?? readAs(value);
            if (codec !== undefined)
                return tagged(write(codec, fill(value, codec)), fill(value, codec), codec);
            return best(rules, value, (alternative) => tagged(write(alternative, fill(value, alternative)), fill(value, alternative), alternative));
        },
        facts,
        kind: facts.kind,
        parts: rules.map((rule) => rule.codec),
        told: codecOfTag,
        fill,
        mark: (value, position) => {
            const name = Object.entries(options.mapping ?? {}).find(([, target]) => target === position)?.[0];
            const codec = rules[position]?.codec;
            if (discriminator !== undefined && name !== undefined && codec !== undefined && position !== otherwise && own(value, discriminator) === undefined && !describes(codec, discriminator, value))
                put(value, discriminator, name);
        },
        behind: (part, value, further) => Math.max(...rules.map((rule) => (rule.codec === part ? behind(rule, value, further) : 0))),
        fits: (marked, write) => {
            const value = unmarked(marked, rules, said(marked));
            return readAs(value) ?? codecOfTag(value) ?? best(rules, value, (alternative) => (write(alternative, fill(value, alternative)), alternative));
        },
    });
}
