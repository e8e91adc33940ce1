import { namesOf, order, put } from './codec.js';
import { fail, within } from './errors.js';
import { reading } from './reading.js';
import { exact } from '../json/exactly.js';
import { readJson } from '../json/read.js';
import { parseText } from './parse.js';
import { quote } from './quote.js';
const isList = (json) => (Array.isArray(json) ? json : fail('expected an array'));
/** A list. */
// @__NO_SIDE_EFFECTS__
export function list(item, facts) {
    return { facts, item, read: (json) => isList(json).map((part, index) => step(index, () => readJson(item, part))) };
}
function step(place, change) {
    try {
        return change();
    }
    catch (error) {
        throw within(error, place);
    }
}
/** A list with a codec for each of its first items, and one for the rest. */
// @__NO_SIDE_EFFECTS__
export function tuple(parts, facts = {}, rest) {
    const at = (index) => parts[index] ?? rest ?? fail('too many items');
    return {
        read: (json) => isList(json).map((part, index) => step(index, () => readJson(at(index), part))),
        write: (value, write) => (Array.isArray(value) ? `[${value.map((part, index) => step(index, () => write(at(index), part))).join(',')}]` : fail('expected an array')),
        facts,
        kind: facts.kind,
        parts,
        item: rest,
    };
}
/** An object without named members. */
// @__NO_SIDE_EFFECTS__
export function map(value, facts = {}, codec, required = []) {
    const keys = codec?.keys ?? codec;
    return exact({
        read: (json) => {
            if (typeof json !== 'object' || json === null || Array.isArray(json) || json instanceof Number)
                return fail('expected an object');
            const result = {};
            for (const name of namesOf(json)) {
                step(name, () => {
                    if (keys !== undefined)
                        parseText(keys, name);
                    put(result, name, readJson(value, json[name]));
                });
                // JavaScript puts names that are integers first; an exact reading tells where they stood.
                if (/^\d+$/.test(name))
                    reading.again = true;
            }
            for (const name of required)
                if (!Object.hasOwn(json, name))
                    fail(`no member ${name}`);
            const names = json[order];
            if (names !== undefined)
                result[order] = names;
            return result;
        },
        write: (entries, write) => {
            if (typeof entries !== 'object' || entries === null)
                return fail('expected an object');
            const there = namesOf(entries).filter((name) => entries[name] !== undefined);
            return `{${there.map((name) => step(name, () => `${quote(name)}:${write(value, entries[name])}`)).join(',')}}`;
        },
        facts,
        kind: facts.kind,
        item: value,
        keys,
    });
}
