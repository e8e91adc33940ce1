import { kept, namesOf, order, put } from '../../core/codec.js';
import { fail, within } from '../../core/errors.js';
import { isBlank, parseText } from '../../core/parse.js';
import { isElement } from '../model.js';
import { decodeName, encodeName } from '../names.js';
import { placeOf, reads } from '../plan.js';
import { elementsOf, further } from './several.js';
/** Adds an entry; names that are integers keep their place. */
function entry(value, names, name, part) {
    if (Object.hasOwn(value, name))
        fail(`a key ${name} twice`);
    names.push(name);
    put(value, name, part);
}
function ordered(value, names, unknown) {
    if (unknown.length > 0)
        value[kept] = { xml: { attributes: [], elements: unknown, within: {} } };
    if (names.some((name) => /^\d+$/.test(name)))
        value[order] = names;
    return value;
}
/** Each value is an element that is called by its key. */
// @__NO_SIDE_EFFECTS__
export function children(value = {}, inside = '') {
    const place = (codec) => placeOf(value, inside, codec.item ?? fail('a map without values'));
    return {
        read: (element, codec, reading) => {
            const result = {};
            const names = [];
            const unknown = [];
            const at = place(codec);
            for (const child of element.children) {
                if (!isElement(child)) {
                    if (!isBlank(child))
                        fail('text between elements');
                }
                else if (child.namespace !== at.namespace)
                    unknown.push([names.length - 1, child]);
                else {
                    const name = decodeName(child.name);
                    try {
                        const part = reading.place(at, child);
                        if (Object.hasOwn(result, name))
                            put(result, name, further(at, reading, result[name], part, `a key ${name} twice`));
                        else
                            entry(result, names, name, part);
                    }
                    catch (error) {
                        throw within(error, name);
                    }
                }
            }
            return ordered(result, names, unknown);
        },
        body: (entries, codec, tag) => {
            const at = place(codec);
            const written = (name, index) => (entries[name] === undefined ? '' : elementsOf(at, entries[name], tag, encodeName(name))) + tag.unknown(entries, index);
            return tag.unknown(entries, -1) + namesOf(entries).map(written).join('');
        },
    };
}
// @__NO_SIDE_EFFECTS__
export function entries(facts) {
    const [inside, name] = facts.entry;
    const named = (node, other) => (typeof node === 'string' ? { name: node } : { name: other, ...node });
    const keyNode = named(facts.key, 'Key');
    const keyPlace = () => placeOf(keyNode, inside, keyNode.codec?.() ?? fail('a dictionary without keys'));
    const valuePlace = (codec) => placeOf(named(facts.value, 'Value'), inside, codec.item ?? fail('a map without values'));
    // An entry is an element with two children: an object, for the writer.
    const pair = (codec) => {
        const [key, value] = [keyPlace(), valuePlace(codec)];
        const body = ([first, second], _, tag) => tag.child(key, first) + tag.child(value, second);
        return placeOf({ name }, inside, { kind: { read: () => fail('no element'), body } });
    };
    return {
        read: (element, codec, reading) => {
            const result = {};
            const names = [];
            const unknown = [];
            const [key, value] = [keyPlace(), valuePlace(codec)];
            for (const child of element.children) {
                if (!isElement(child))
                    continue;
                if (child.name !== name || child.namespace !== inside) {
                    unknown.push([names.length - 1, child]);
                    continue;
                }
                const [first, second] = [key, value].map((place) => child.children.find((node) => isElement(node) && reads(place, node.namespace, node.name)) ?? fail(`no ${place.name}`));
                if (first === undefined || second === undefined || !isElement(first) || !isElement(second))
                    return fail('no entry');
                const read = reading.place(key, first);
                const text = codec.keys?.print === undefined ? String(read) : codec.keys.print(read);
                try {
                    entry(result, names, text, reading.place(value, second));
                }
                catch (error) {
                    throw within(error, text);
                }
            }
            return ordered(result, names, unknown);
        },
        body: (value, codec, tag) => {
            const at = pair(codec);
            const key = (text) => (codec.keys === undefined ? text : parseText(codec.keys, text));
            const written = (text, index) => (value[text] === undefined ? '' : tag.child(at, [key(text), value[text]], name, true)) + tag.unknown(value, index);
            return tag.unknown(value, -1) + namesOf(value).map(written).join('');
        },
    };
}
