import { fail } from '../core/errors.js';
import { resolved } from '../core/members.js';
import { isSpace } from './model.js';
import { nativesOf, readChildren } from './read.js';
const known = new WeakMap();
/** The places of an object's elements, or that of a list's items, one for each name that they are read by; made once. */
function placesOf(codec) {
    const { members, item, facts: { namespace: space = '', inside = space, elements, item: called } = {} } = codec;
    let places = known.get(codec);
    if (!places) {
        const nodes = members ? (elements?.nodes ?? elements ?? members.map(({ name }) => name)) : [called ?? fail('no XML')];
        places = nodes.flatMap((node) => {
            const { of = node, bare, namespace = inside, name = of, names = [[namespace, name]], codec } = node;
            let [content, takesNull] = resolved(codec?.() ?? (members ? members.find((member) => member.name === of).codec : item));
            if (bare && !content.kind)
                [content, takesNull] = resolved(content.item);
            const { nil = takesNull } = node;
            return names.map(([namespace, name]) => ({ of, many: (bare || !members), nil, codec: content, names, namespace, name }));
        });
        known.set(codec, places);
    }
    return places;
}
/** Reads an object or a list by its nodes; `take` does with each element what has to be done beside reading it. */
export function readPlaced(codec, element, reading, value = (codec.members ? {} : []), text, take = codec.facts?.elements?.take) {
    const { members } = codec;
    const places = placesOf(codec);
    const isNative = nativesOf(element);
    const read = (child) => {
        // Items without a name are called as the element around them.
        const called = places.filter(({ namespace, name }) => (name || element.name) === child.name && isSpace(namespace, child.namespace));
        let all = called.filter(({ namespace }) => namespace === child.namespace);
        // Where only a namespace is forgotten, an answer has the member all the same.
        if (!all[0] && isNative(child))
            all = called;
        const readAt = (place) => {
            if (!place)
                return codec.beyond?.closed ? fail('unexpected element') : undefined;
            const { of, many } = place;
            const part = reading.place(place, child);
            const before = members ? value[of] : value;
            if (many && before)
                before.push(part);
            else
                value[of] = many ? [part] : before === undefined ? part : fail('element twice');
            return of;
        };
        return take ? take(all, readAt, child, codec, value, element, reading) : readAt(all[0]);
    };
    readChildren(codec, element, value, read, text);
    for (const { name, codec: part, optional } of members ?? []) {
        const takesNull = resolved(part)[1];
        const member = value[name];
        // Null of a member that means absence by it is absence.
        if (optional) {
            if (member === null && !takesNull)
                delete value[name];
        }
        else if (member === undefined) {
            const { many, nil } = places.find(({ of }) => of === name) ?? {};
            // Where null is no element of its own, it is not written at all.
            value[name] = many ? [] : !nil && takesNull ? null : fail(`no element ${name}`);
        }
    }
    return value;
}
