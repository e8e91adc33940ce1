import { own, put } from '../core/codec.js';
import { fail } from '../core/errors.js';
import { resolved } from '../core/members.js';
import { isElement, isSpace } from './model.js';
import { namesRead, planOf, reads } from './plan.js';
import { readChildren } from './read.js';
/** Reads an object or a list by its places. */
export function readPlaced(codec, element, reading) {
    if (!codec.members)
        return readList(codec, element, reading);
    const value = {};
    readMembers(codec, element, value, reading);
    complete(codec, value);
    return value;
}
/** Reads the elements of an object; `further` reads one that has no place, and says whether it has. */
export function readMembers(codec, element, value, reading, text = false, further) {
    const { byName } = planOf(codec);
    const stored = (place, child) => {
        put(value, place.of, memberOf(place, child, own(value, place.of), element, reading));
        return place.of;
    };
    const read = (child) => {
        const all = byName.get(child.name) ?? [];
        // Nearly always: one member has the name, and its namespace.
        const [first, second] = all;
        if (first && !second && first[0] === child.namespace)
            return stored(first[1], child);
        const isNative = (one) => isElement(one) && one.name === child.name && (!one.namespace || one.namespace === element.namespace);
        let named = all.filter(([namespace]) => namespace === child.namespace);
        // As in `readParts`: a namespace that was forgotten.
        if (!named[0] && (isNative(child) || !element.children.some(isNative)))
            named = all.filter(([namespace]) => isSpace(namespace, child.namespace));
        // Two members may have one name: the first one that has nothing yet reads it.
        const [, place] = named.find(([, { bare, of }]) => bare || own(value, of) === undefined) ?? named.at(-1) ?? [];
        if (place)
            return stored(place, child);
        if (further?.(child))
            return null;
        return codec.beyond?.closed ? fail('unexpected element') : undefined;
    };
    readChildren(codec, element, value, read, text);
}
/** What a member is with one more of its elements. */
function memberOf(place, child, before, parent, reading) {
    if (!place.bare)
        return before === undefined ? reading.place(place, child) : fail('element twice');
    const { item } = planOf(place.codec);
    if (item !== undefined)
        return [...(before ?? []), reading.place(item, child)];
    const names = namesRead(place);
    const isOurs = (one) => isElement(one) && names.some(([namespace, name]) => one.name === name && isSpace(namespace, one.namespace));
    return before ?? reading.content(place.codec, { ...parent, attributes: [], children: parent.children.filter(isOurs) });
}
/** Members that were not there. */
export function complete(codec, value) {
    const { places } = planOf(codec);
    for (const { name, codec: part, optional, only } of codec.members ?? []) {
        const takesNull = resolved(part)[1];
        const member = own(value, name);
        // Null of a member that means absence by it is absence.
        if (member === null && optional && !takesNull)
            delete value[name];
        if (member !== undefined || optional || only === 'json')
            continue;
        const place = places.find((one) => one.of === name);
        if (place?.bare && !place.codec.members && !place.codec.kind?.fewest)
            put(value, name, []);
        // Where null is no element of its own, it is not written at all.
        else if (!place?.nil && takesNull)
            put(value, name, null);
        else
            fail(`no element ${place?.name ?? name}`);
    }
}
function readList(codec, element, reading) {
    const item = planOf(codec).item ?? fail('no XML');
    const items = [];
    const isItem = ({ name, namespace }) => (name === (item.name || element.name) && namespace === item.namespace) || reads(item, namespace, name);
    readChildren(codec, element, items, (child) => (isItem(child) ? (items.push(reading.place(item, child)), '') : undefined));
    return items;
}
