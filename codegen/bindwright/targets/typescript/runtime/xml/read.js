import { actual, kept, own, put } from '../core/codec.js';
import { beginDocument } from '../core/documents.js';
import { fail, within } from '../core/errors.js';
import { resolved } from '../core/members.js';
import { attributeOf, isElement, qualified, xsi } from './model.js';
import { openapi } from './profiles.js';
import { tolerance } from '../core/tolerance.js';
import { isSpace, namesRead, placeOf, planOf, reads } from './plan.js';
const blank = /^[ \t\n]*$/;
/** Attributes that mean something to every reader. */
function isControl(attribute) {
    return attribute.namespace === xsi && (attribute.name === 'nil' || attribute.name === 'type');
}
/**
 * The place of an element where it, or the place, has no namespace. In another namespace than that of the element around
 * it stands for the place only where no other child does: beside `title`, `media:title` is foreign content.
 */
function nameless(child, parent, places = []) {
    const isNative = (one) => one.namespace === '' || one.namespace === parent.namespace;
    if (!isNative(child) && parent.children.some((one) => isElement(one) && one.name === child.name && isNative(one)))
        return undefined;
    return places.find(([namespace]) => isSpace(namespace, child.namespace))?.[1];
}
/** Keeps unknown content with a value; an object without any is left alone. */
function keep(value, keeping) {
    if (keeping.attributes.length + keeping.elements.length > 0 || Object.keys(keeping.within).length > 0)
        value[kept] = { xml: keeping };
}
/** Reads the elements of one document. */
export class Reader {
    objects = new Map();
    profile;
    constructor(profile) {
        this.profile = profile;
    }
    place(place, element) {
        if (element.attributes.length > 0) {
            const nil = attributeOf(element, xsi, 'nil')?.trim();
            if (nil === 'true' || nil === '1')
                return place.nil ? null : fail('null where none can be');
        }
        return this.content(place.codec, element);
    }
    content(codec, element) {
        if (codec.kind !== undefined)
            return codec.kind.read(element, codec, this);
        if (codec.parse !== undefined) {
            const { children } = element;
            const [first] = children;
            if (children.length === 1 && typeof first === 'string')
                return codec.parse(first);
            return children.length > 0 ? fail('an element where text belongs') : codec.parse('');
        }
        if (codec.members !== undefined)
            return this.object(codec, element);
        return codec.item === undefined ? fail('nothing that XML describes') : this.list(codec, element);
    }
    object(codec, element) {
        const features = codec.facts?.features ?? [];
        for (const feature of features) {
            const selected = feature.select?.(element, codec, this);
            const other = selected === undefined ? codec : resolved(selected)[0];
            if (other !== codec) {
                const value = this.object(other, element);
                if (feature.marks === true)
                    value[actual] = other;
                return value;
            }
            const known = feature.known?.(element, this);
            if (known !== undefined)
                return known;
        }
        const value = {};
        for (const feature of features)
            feature.begin?.(value, element, this);
        const keeping = { attributes: this.unknownAttributes(codec, element, features), elements: [], within: {} };
        this.children(codec, element, value, keeping);
        for (const feature of features)
            feature.read?.(value, element, codec, this);
        this.complete(codec, value);
        keep(value, keeping);
        return value;
    }
    unknownAttributes(codec, element, features) {
        return element.attributes.filter((attribute) => {
            if (features.some((feature) => feature.owns?.([attribute.namespace, attribute.name])))
                return false;
            if (!isControl(attribute))
                return true;
            if (attribute.name === 'type' && codec.members !== undefined) {
                const [namespace, name] = qualified(element, attribute.value) ?? [];
                const type = planOf(codec).type;
                if (type === undefined || type[0] !== namespace || type[1] !== name)
                    fail(`no type ${attribute.value}`);
            }
            return false;
        });
    }
    children(codec, element, value, keeping) {
        const { byName } = planOf(codec);
        const features = codec.facts?.features ?? [];
        let after = -1;
        for (const child of element.children) {
            if (!isElement(child)) {
                if (!blank.test(child) && !features.some((feature) => feature.text === true))
                    fail('text between elements');
                continue;
            }
            let place;
            // Two members may have one name: the first one that has nothing yet reads it.
            for (const [namespace, one] of byName.get(child.name) ?? [])
                if (namespace === child.namespace && (place === undefined || (!place.bare && own(value, place.of) !== undefined)))
                    place = one;
            if (place === undefined && tolerance.applies)
                place = nameless(child, element, byName.get(child.name));
            try {
                if (place !== undefined) {
                    // A text that is there once, without attributes: nearly all elements.
                    if (!place.bare && child.attributes.length === 0 && own(value, place.of) === undefined)
                        put(value, place.of, this.content(place.codec, child));
                    else
                        this.member(place, child, value, element, keeping);
                    after = place.index;
                }
                else if (!features.some((feature) => feature.child?.(value, child, codec, this))) {
                    if (codec.beyond?.closed === true)
                        fail('an element that is not described');
                    keeping.elements.push([after, child]);
                }
            }
            catch (error) {
                throw within(error, child.name);
            }
        }
    }
    member(place, child, value, parent, keeping) {
        const before = own(value, place.of);
        if (place.bare) {
            const { item } = planOf(place.codec);
            if (item !== undefined) {
                const part = this.place(item, child);
                if (Array.isArray(before))
                    before.push(part);
                else
                    put(value, place.of, [part]);
            }
            else if (before === undefined) {
                const names = namesRead(place);
                const children = parent.children.filter((one) => isElement(one) && names.some(([namespace, name]) => one.name === name && isSpace(namespace, one.namespace)));
                put(value, place.of, this.object(place.codec, { ...parent, attributes: [], children }));
            }
            return;
        }
        if (before !== undefined)
            fail('an element twice');
        const part = this.place(place, child);
        put(value, place.of, part);
        if (child.attributes.length > 0 && (typeof part !== 'object' || part === null)) {
            const attributes = child.attributes.filter((attribute) => !isControl(attribute));
            if (attributes.length > 0)
                put(keeping.within, place.of, attributes);
        }
    }
    /** Members that were not there. */
    complete(codec, value) {
        const { places } = planOf(codec);
        for (const member of codec.members ?? []) {
            const part = own(value, member.name);
            // Null of a member that means absence by it is absence.
            if (part === null && member.optional && !resolved(member.codec)[1])
                delete value[member.name];
            if (part !== undefined || member.optional || member.only === 'json')
                continue;
            const place = places.find((one) => one.of === member.name);
            if (place?.bare === true && planOf(place.codec).item !== undefined)
                put(value, member.name, []);
            // Where null is no element of its own, it is not written at all.
            else if (place?.nil !== true && resolved(member.codec)[1])
                put(value, member.name, null);
            else
                fail(`no element ${place?.name ?? member.name}`);
        }
    }
    list(codec, element) {
        const item = planOf(codec).item ?? fail('a list without items');
        const keeping = { attributes: this.unknownAttributes(codec, element, []), elements: [], within: {} };
        const items = [];
        for (const child of element.children) {
            if (!isElement(child)) {
                if (!blank.test(child))
                    fail('text between items');
            }
            else if (item.name === '' ? child.name === element.name && child.namespace === item.namespace : reads(item, child.namespace, child.name)) {
                try {
                    items.push(this.place(item, child));
                }
                catch (error) {
                    throw within(error, items.length);
                }
            }
            else
                keeping.elements.push([items.length - 1, child]);
        }
        keep(items, keeping);
        return items;
    }
}
/** Reads an element as the root of a document. */
export function readRoot(codec, element) {
    const place = placeOf({ name: codec.facts?.name ?? resolved(codec)[0].facts?.name ?? '', ...rootFacts(codec) }, '', codec);
    if (!reads(place, element.namespace, element.name))
        fail(`expected the element ${place.name} of the namespace '${place.namespace}'`);
    beginDocument();
    return new Reader((codec.facts ?? resolved(codec)[0].facts)?.profile ?? openapi).place(place, element);
}
/** What the facts of a codec say of its root element. */
export function rootFacts(codec) {
    const facts = codec.facts ?? resolved(codec)[0].facts ?? {};
    return {
        namespace: facts.namespace ?? '',
        // Whoever reads null has a codec that knows it.
        nil: facts.nil === true && resolved(codec)[1],
        ...(facts.prefix === undefined ? {} : { prefix: facts.prefix }),
        ...(facts.alsoRead === undefined ? {} : { alsoRead: facts.alsoRead }),
    };
}
