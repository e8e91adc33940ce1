import { actual, own, put } from '../../core/codec.js';
import { fail, within } from '../../core/errors.js';
import { resolved } from '../../core/members.js';
import { reading as state } from '../../core/reading.js';
import { attributeOf, isElement, qualified, textWithin, xsi } from '../model.js';
import { decodeName, encodeName } from '../names.js';
import { placeOf, planOf, typeOf } from '../plan.js';
import { textAt } from './choice.js';
import { readFeatured } from './featured.js';
import { cdata } from './parts.js';
import { elementsOf, further } from './several.js';
/** An element with nothing but a text, for scalars that stand elsewhere. */
export const alone = (text, element) => ({ ...element, attributes: [], children: text === '' ? [] : [text] });
/** The codec of an item of a list that is one text; undefined: it is no list. */
function itemIn({ write, item, parts, told }, index) {
    // A map has `item`, too, and a union `parts`.
    const codec = write === undefined ? item : told === undefined ? (parts?.[index] ?? (parts && item)) : undefined;
    return codec && resolved(codec)[0];
}
/** The value of a text beside elements: of a list its items are words. */
function contentOf(codec, text, element, reading) {
    if (itemIn(codec, 0) === undefined)
        return reading.content(codec, alone(text, element));
    const words = text.match(/[^ \t\r\n]+/g) ?? [];
    return words.map((word, index) => reading.content(itemIn(codec, index) ?? fail('too many items'), alone(word, element)));
}
/** Members that are attributes. */
// @__NO_SIDE_EFFECTS__
export function attributes(nodes) {
    const named = nodes.map((node) => (typeof node === 'string' ? { of: node } : node));
    const placeIn = (node, codec) => placeOf(node, '', codec);
    return {
        reads: readFeatured,
        owns: ([namespace, name]) => named.some((node) => (node.name ?? node.of) === name && (node.namespace ?? '') === namespace),
        read: (value, element, codec, reading) => {
            for (const node of named) {
                const place = placeIn(node, codec);
                const text = attributeOf(element, place.namespace, place.name);
                if (text === undefined)
                    continue;
                try {
                    put(value, place.of, contentOf(place.codec, text, element, reading));
                }
                catch (error) {
                    throw within(error, `@${place.name}`);
                }
            }
        },
        open: (value, codec, tag) => {
            for (const node of named) {
                const place = placeIn(node, codec);
                const part = own(value, place.of);
                // Prefixes that the document asks for are declared on each element that may need them.
                if (place.prefix !== undefined)
                    tag.prefix(place.namespace, place.prefix);
                if (part === undefined || part === null)
                    continue;
                tag.attribute(place.namespace, place.name, printed(place.codec, part), place.prefix);
            }
            return '';
        },
    };
}
/** The text of a value: of a union that of its alternative. */
export function printed(codec, value) {
    if (codec.print !== undefined)
        return codec.print(value);
    if (codec.kind?.choose !== undefined) {
        const part = codec.parts?.find((candidate) => {
            try {
                return resolved(candidate)[0].print?.(value) !== undefined;
            }
            catch {
                return false;
            }
        });
        if (part !== undefined)
            return printed(resolved(part)[0], value);
    }
    // A value of any type.
    if (codec.kind?.choose !== undefined && codec.parts === undefined && typeof value !== 'object')
        return String(value);
    if (!Array.isArray(value) || itemIn(codec, 0) === undefined)
        return fail('expected a scalar');
    const words = value.map((item, index) => printed(itemIn(codec, index) ?? fail('too many items'), item));
    return words.every((word) => /^[^ \t\r\n]+$/.test(word)) ? words.join(' ') : fail('an item of a list in one text is not empty and has no blanks');
}
/** The member that is the element's text. */
// @__NO_SIDE_EFFECTS__
export function content(node) {
    return {
        reads: readFeatured,
        text: true,
        read: (value, element, codec, reading) => {
            const place = placeOf(node, '', codec);
            const text = (place.cdata ? element.cdata : undefined) ?? textWithin(element);
            const member = codec.members?.find(({ name }) => name === place.of);
            const takesAbsence = member?.optional === true || (member !== undefined && resolved(member.codec)[1]);
            const { plain, parse, write } = place.codec;
            // White space is no text between elements, and of what is not any text; alone it is one.
            const isAny = plain === true && parse === undefined && write === undefined;
            const isNone = !/[^ \t\r\n]/.test(text) && (text === '' || !isAny || element.children.some(isElement));
            if (!isNone || !takesAbsence)
                put(value, place.of, contentOf(place.codec, text, element, reading));
        },
        open: (value, codec, tag) => {
            const place = placeOf(node, '', codec);
            const part = own(value, place.of);
            if (part === undefined || part === null)
                return '';
            const text = printed(place.codec, part);
            return place.cdata ? cdata(text) : tag.text(text);
        },
    };
}
/** Members without a name of their own: each is an element that is called by its key, at the node of the first pattern that it matches. */
// @__NO_SIDE_EFFECTS__
export function additional(rest, patterns = []) {
    const place = (codec, name) => {
        const node = patterns[codec.beyond?.which?.(name) ?? -1] ?? rest;
        const further = codec.beyond?.further?.(name);
        return node === null || further === undefined ? undefined : placeOf(typeof node === 'string' ? { name: node } : node, planOf(codec).inside, further);
    };
    return {
        reads: readFeatured,
        child: (value, element, codec, reading) => {
            const name = decodeName(element.name);
            const at = place(codec, name);
            if (at === undefined || element.namespace !== at.namespace)
                return false;
            const part = reading.place(at, element);
            const before = own(value, name);
            put(value, name, before === undefined ? part : further(at, reading, before, part, 'an element twice'));
            return true;
        },
        close: (value, codec, tag) => {
            const names = new Set(codec.members?.map((member) => member.name));
            return Object.keys(value)
                .filter((name) => !names.has(name) && value[name] !== undefined)
                .map((name) => {
                const at = place(codec, name);
                return at === undefined ? '' : elementsOf(at, value[name], tag, encodeName(name));
            })
                .join('');
        },
    };
}
/** Types that stand in for this one; `xsi:type` tells which. */
// @__NO_SIDE_EFFECTS__
export function derived(types) {
    return {
        reads: readFeatured,
        marks: true,
        select: (element, codec) => {
            const text = attributeOf(element, xsi, 'type');
            if (text === undefined)
                return undefined;
            const [namespace, name] = qualified(element, text) ?? fail(`no type ${text}`);
            return typed([codec, ...types()], [namespace, name]) ?? fail(`no type ${text}`);
        },
        owns: ([namespace, name]) => namespace === xsi && name === 'type',
        choose: (value, codec, tag) => {
            const other = value[actual];
            if (other === undefined || other === codec)
                return undefined;
            tag.type(typeOf(other) ?? fail('a type without a name'));
            return other;
        },
    };
}
/** The codec that has a name in `xsi:type`. */
export function typed(codecs, [namespace, name]) {
    return codecs.map((codec) => resolved(codec)[0]).find((codec) => {
        const type = typeOf(codec);
        return type?.[0] === namespace && type[1] === name;
    });
}
/** The value of an attribute or an element tells the type. */
// @__NO_SIDE_EFFECTS__
export function byDiscriminator(place, mapping) {
    const node = typeof place === 'string' ? { of: place } : place;
    const target = (name) => (typeof name === 'string' && Object.hasOwn(mapping(), name) ? mapping()[name] : undefined);
    return {
        reads: readFeatured,
        select: (element) => target(textAt(node, element)),
        choose: (value, codec) => {
            const other = target(own(value, node.of ?? ''));
            return other === undefined || resolved(other)[0] === codec ? undefined : other;
        },
    };
}
/** Objects that are written once, with an id, and referred to after. */
// @__NO_SIDE_EFFECTS__
export function reference(facts) {
    const { id, ref, prefix } = facts;
    const is = (name, other) => name[0] === other[0] && name[1] === other[1];
    return {
        reads: readFeatured,
        owns: (name) => is(name, id) || is(name, ref),
        known: (element) => {
            const text = attributeOf(element, ref[0], ref[1]);
            return text === undefined ? undefined : (state.shared?.get(text) ?? fail(`nothing has the id ${text}`));
        },
        begin: (value, element) => {
            const text = attributeOf(element, id[0], id[1]);
            if (text === undefined)
                return;
            const shared = (state.shared ??= new Map());
            if (shared.has(text) && shared.get(element) !== text)
                fail(`two objects with the id ${text}`);
            shared.set(text, value).set(element, text);
        },
        open: (value, _, tag) => {
            const known = tag.document.ids.get(value);
            if (known === undefined)
                tag.document.ids.set(value, `i${tag.document.ids.size + 1}`);
            const [namespace, name] = known === undefined ? id : ref;
            const { attributes } = tag;
            tag.attributes = '';
            tag.attribute(namespace, name, known ?? tag.document.ids.get(value) ?? '', prefix);
            // Behind it what tells the type; what stands for an object written before says only which.
            if (known === undefined)
                tag.attributes += attributes;
            return known === undefined ? '' : null;
        },
    };
}
