import { actual, kept, own } from '../core/codec.js';
import { fail, within } from '../core/errors.js';
import { resolved } from '../core/members.js';
import { isScalar } from '../core/parse.js';
import { reading } from '../core/reading.js';
import { keepMembers } from '../json/keep.js';
import { writeJson } from '../json/write.js';
import { escapeText, quoteAttribute } from './escape.js';
import { isElement, qualified, xsi } from './model.js';
import { itemStep, keepContent } from './keep.js';
import { planOf, rootPlace } from './plan.js';
import { pieceOf } from './octets.js';
import { Straight, straightly } from './straight.js';
// What nobody describes is written as it came.
reading.keepXml = keepContent;
reading.keep = keepMembers;
const openapi = { byDepth: false, nilPrefix: 'xsi', declaresNil: false, newline: '\n', empty: '/>' };
const datacontract = { byDepth: true, nilPrefix: 'i', declaresNil: true, newline: '\r\n', empty: ' />' };
const layouts = new WeakMap();
function layoutOf(codec) {
    let layout = layouts.get(codec);
    if (layout === undefined) {
        const { facts = {}, kind } = codec;
        const plan = planOf(codec);
        const places = (plan.item === undefined ? plan.places : []).map((place) => ({ ...place, member: codec.members?.find((member) => member.name === place.of) ?? fail(`no member ${place.of}`), start: `<${place.name}>`, end: `</${place.name}>` }));
        const isText = (place) => place.codec.print !== undefined && place.codec.kind === undefined && !place.bare && place.namespace === plan.inside && place.member.zero === undefined && !(place.of in Object.prototype);
        const isFlat = codec.members !== undefined && facts.features === undefined && kind === undefined && places.every(isText);
        const within = kind?.declares ?? (plan.inside === '' ? [] : [plan.inside]);
        layout = { ...plan, places, isFlat, within, declares: kind?.declares ?? facts.declares ?? within };
        layouts.set(codec, layout);
    }
    return layout;
}
class Tag {
    profile;
    document;
    name;
    depth;
    /** The default namespace. */
    space;
    bound;
    /** Declarations that stand before all attributes, attributes, and declarations behind them. */
    early = '';
    attributes = '';
    late = [];
    /** Of the value that was written last here what it kept. */
    kept;
    number = 0;
    constructor(profile, name, outer) {
        this.profile = profile;
        this.name = name;
        this.document = outer?.document ?? { ids: new Map(), needsNil: false };
        this.depth = (outer?.depth ?? 0) + 1;
        this.space = outer?.space ?? '';
        this.bound = outer?.bound;
    }
    /** The declaration of a prefix, which is in scope from now on. */
    declare(prefix, namespace) {
        this.bound = { prefix, namespace, outer: this.bound };
        return ` xmlns:${prefix}=${quoteAttribute(namespace)}`;
    }
    prefixOf(namespace) {
        if (namespace === xsi)
            return this.nilPrefix();
        if (namespace === 'http://www.w3.org/XML/1998/namespace')
            return 'xml';
        for (let binding = this.bound; binding !== undefined; binding = binding.outer)
            if (binding.namespace === namespace && this.namespaceOf(binding.prefix) === namespace)
                return binding.prefix;
        return undefined;
    }
    /** What a prefix means here. */
    namespaceOf(prefix) {
        let binding = this.bound;
        while (binding !== undefined && binding.prefix !== prefix)
            binding = binding.outer;
        return binding?.namespace;
    }
    /** The declaration of a namespace by depth and number; empty where it is in scope. */
    numbered(namespace) {
        return namespace !== '' && namespace !== this.space && this.prefixOf(namespace) === undefined ? this.declare(`d${this.depth}p${++this.number}`, namespace) : '';
    }
    /** The prefix of XMLSchema-instance. */
    nilPrefix() {
        this.document.needsNil = true;
        return this.profile.nilPrefix;
    }
    /** A prefix that nothing in scope has. */
    fresh() {
        let number = 1;
        while (this.namespaceOf(`ns${number}`) !== undefined)
            number++;
        return `ns${number}`;
    }
    attribute(namespace, name, value, prefix) {
        const known = namespace === '' ? '' : this.prefix(namespace, prefix);
        this.attributes += ` ${known === '' ? '' : `${known}:`}${name}=${quoteAttribute(value)}`;
    }
    prefix(namespace, prefix = this.fresh()) {
        const known = this.prefixOf(namespace);
        if (known !== undefined)
            return known;
        const declaration = this.declare(prefix, namespace);
        if (this.profile.byDepth)
            this.late.push(declaration);
        else
            this.early += declaration;
        return prefix;
    }
    type([namespace, name]) {
        // .NET: the attribute of a reference comes before the type and what the type needs.
        if (this.profile.byDepth)
            this.attributes += this.numbered(namespace);
        let prefix = namespace === this.space || namespace === '' ? '' : this.prefixOf(namespace);
        if (prefix === undefined) {
            prefix = this.fresh();
            this.early += this.declare(prefix, namespace);
        }
        this.attributes += ` ${this.nilPrefix()}:type=${quoteAttribute(prefix === '' ? name : `${prefix}:${name}`)}`;
    }
    text(text) {
        return escapeText(text, this.profile.newline);
    }
    child(place, value, name = place.name, plain = false) {
        const { codec } = place;
        // Items of a list of flat objects need no tag of their own.
        if (plain && typeof value === 'object' && value !== null && place.namespace === this.space && codec.members !== undefined && codec.complete === undefined) {
            const plan = layoutOf(codec);
            const fields = value;
            if (plan.isFlat && plan.inside === this.space && fields[kept] === undefined && fields[actual] === undefined) {
                const text = flatBody(plan, fields, this);
                return text === '' ? `<${name}${this.profile.empty}` : `<${name}>${text}</${name}>`;
            }
        }
        // Nearly all elements: a text in the default namespace.
        if (codec.print !== undefined && value !== null && place.namespace === this.space && codec.kind === undefined && !plain) {
            const printed = codec.print(value);
            // What matches a pattern has no markup in it, nor have integers.
            const text = codec.pattern === undefined && codec.low === undefined ? escapeText(printed, this.profile.newline) : printed;
            if (text === '' && codec.plain !== true)
                return `<${name}${this.profile.empty}`;
            return `<${name}>${text}</${name}>`;
        }
        return writeElement(place, value, this, name, plain);
    }
    unknown(value, after) {
        const unknown = keptOf(value);
        return unknown === undefined ? '' : woven(unknown, after, this);
    }
    body(codec, value) {
        if (codec.kind?.body !== undefined)
            return codec.kind.body(value, codec, this);
        if (codec.print !== undefined)
            return escapeText(codec.print(value), this.profile.newline);
        if (codec.members !== undefined)
            return objectBody(codec, value, this);
        return codec.item === undefined ? fail('nothing that XML describes') : listBody(codec, value, this);
    }
}
function keptOf(value) {
    return typeof value === 'object' && value !== null ? value[kept]?.xml : undefined;
}
function objectBody(codec, source, tag) {
    if (typeof source !== 'object' || source === null)
        fail('expected an object');
    const value = codec.complete?.(source) ?? source;
    const plan = layoutOf(codec);
    if (plan.isFlat && plan.inside === tag.space && value[kept] === undefined)
        return flatBody(plan, value, tag);
    const features = codec.facts?.features ?? [];
    let text = '';
    for (const feature of features) {
        const opened = feature.open?.(value, codec, tag);
        if (opened === null)
            return '';
        text += opened ?? '';
    }
    let unknown = keptOf(value);
    if (unknown?.texts !== undefined) {
        // The pieces of a text stand where they stood, unless it is another one now.
        const before = tag.text(unknown.texts.map(([, , piece]) => piece).join(''));
        if (text === before)
            text = '';
        else
            unknown = { ...unknown, texts: [] };
    }
    if (unknown !== undefined)
        text += woven(unknown, -1, tag);
    for (const place of plan.places) {
        let part = own(value, place.of);
        // .NET writes null for what is not there.
        if (part === undefined && tag.profile.byDepth && place.nil && place.member.zero === undefined)
            part = null;
        let written = '';
        if (part !== undefined && (part !== null || place.nil)) {
            try {
                text += written = memberText(place, part, tag, unknown);
            }
            catch (error) {
                throw within(error, place.of);
            }
        }
        else if (part === undefined && !place.member.optional)
            fail(`no member ${place.of}`);
        if (unknown !== undefined)
            text += wovenFrom(unknown, place.index, written !== '' && isList(itemsOf(place, part)) ? part.length : 0, tag);
    }
    for (const feature of features)
        text += feature.close?.(value, codec, tag) ?? '';
    return text;
}
/** The content of an object of texts alone. */
function flatBody({ places }, value, tag) {
    const { profile } = tag;
    let text = '';
    for (let index = 0; index < places.length; index++) {
        const place = places[index];
        const { codec } = place;
        const part = value[place.of];
        if (part !== undefined && part !== null) {
            try {
                const printed = codec.print(part);
                // What matches a pattern has no markup in it, nor have integers.
                const escaped = codec.pattern === undefined && codec.low === undefined ? escapeText(printed, profile.newline) : printed;
                text += escaped !== '' || codec.plain === true ? place.start + escaped + place.end : `<${place.name}${profile.empty}`;
            }
            catch (error) {
                throw within(error, place.of);
            }
        }
        else if (place.nil && (part === null || profile.byDepth))
            text += `<${place.name} ${tag.nilPrefix()}:nil="true"${profile.empty}`;
        else if (part === undefined && !place.member.optional)
            fail(`no member ${place.of}`);
    }
    return text;
}
function memberText(place, part, tag, unknown) {
    const { member } = place;
    if (member.zero !== undefined && writeJson(member.codec, part) === member.zero)
        return '';
    const items = itemsOf(place, part);
    if (items !== undefined)
        return unknown !== undefined && isList(items) ? listBody(items, part, tag, unknown, place.index) : tag.body(items, part);
    const attributes = unknown === undefined ? undefined : own(unknown.within, place.of);
    return attributes === undefined ? tag.child(place, part) : writeElement(place, part, tag, place.name, false, attributes);
}
/** Whether a codec is that of a list or a dictionary. */
function collects(codec) {
    const [target] = resolved(codec);
    return target.item !== undefined && target.members === undefined;
}
/** The codec of a member that has no element of its own. */
function itemsOf(place, part) {
    const { bare, codec } = place;
    return part === null ? undefined : bare ? codec : codec.kind?.bare?.(part, codec, place);
}
/** Whether the items of a codec's lists are elements one like the other. */
function isList(codec) {
    return codec?.item !== undefined && codec.kind?.body === undefined && codec.print === undefined && codec.members === undefined;
}
/** The items of a list; of one without an element of its own, with what the object around it kept between them. */
function listBody(codec, value, tag, around, place = 0) {
    const item = planOf(codec).item ?? fail('a list without items');
    if (!Array.isArray(value))
        return fail('expected an array');
    const unknown = keptOf(value);
    // .NET: of items, those that are collections declare the namespace of what they hold; others, and null, do not.
    const declaring = collects(item.codec);
    let text = unknown === undefined ? '' : woven(unknown, -1, tag);
    for (let index = 0; index < value.length; index++) {
        try {
            text += tag.child(item, value[index], item.name === '' ? tag.name : item.name, !declaring || value[index] === null);
        }
        catch (error) {
            throw within(error, index);
        }
        if (unknown !== undefined)
            text += woven(unknown, index, tag);
        if (around !== undefined && index < value.length - 1)
            text += woven(around, place + (index + 1) * itemStep, tag);
    }
    return text;
}
/** What stood behind a member, but for what stood between items, of which so many are written. */
function wovenFrom(unknown, place, items, tag) {
    const from = place + items * itemStep;
    const places = placesOf(unknown, tag);
    return [...places.keys()].map((after) => (after >= from && after < place + 1 ? woven(unknown, after, tag) : '')).join('');
}
function placesOf(unknown, tag) {
    if (tag.kept?.[0] !== unknown)
        tag.kept = [unknown, inPlaces(unknown)];
    return tag.kept[1];
}
/** The unknown elements, and pieces of text, that stood behind a member. */
function woven(unknown, after, tag) {
    return (placesOf(unknown, tag).get(after) ?? []).map((node) => (isElement(node) ? unknownElement(node, tag) : tag.text(node))).join('');
}
/** What an object or a list kept, by the place or item before it: once for all of them. */
function inPlaces({ elements, texts = [] }) {
    const places = new Map();
    const add = (after, node) => {
        const there = places.get(after);
        if (there === undefined)
            places.set(after, [node]);
        else
            there.push(node);
    };
    let number = 0;
    for (const [after, before, text] of texts) {
        for (const placed of elements.slice(number, before))
            add(...placed);
        number = Math.max(number, before);
        add(after, text);
    }
    for (const placed of elements.slice(number))
        add(...placed);
    return places;
}
/** An element that no type describes. */
function unknownElement(element, outer) {
    const tag = new Tag(outer.profile, element.name, outer);
    if (element.namespace !== tag.space) {
        tag.late.push(` xmlns=${quoteAttribute(element.namespace)}`);
        tag.space = element.namespace;
    }
    const texts = [...element.attributes.map((attribute) => attribute.value), ...element.children.filter((child) => typeof child === 'string')].join(' ');
    // Names with a prefix may stand in text that nobody here understands: the prefix has to mean what it meant.
    for (const [prefix, namespace] of element.scope)
        if (prefix !== '' && prefix !== 'xml' && tag.namespaceOf(prefix) !== namespace && texts.includes(`${prefix}:`))
            tag.early += tag.declare(prefix, namespace);
    for (const { namespace, name, value } of element.attributes) {
        const type = namespace === xsi && name === 'type' ? qualified(element, value) : undefined;
        if (type === undefined)
            tag.attribute(namespace, name, value);
        else
            tag.type(type);
    }
    const body = element.children.map((child) => (isElement(child) ? unknownElement(child, tag) : tag.text(child))).join('');
    return wrapped(tag, element.name, body, false);
}
/** Start tag, content and end tag. */
function wrapped(tag, name, body, full) {
    const [first = '', ...others] = tag.late;
    // .NET: declarations that became necessary last stand first; that of the element's own namespace is the last one.
    const late = `${others.join('')}${first}`;
    const open = `<${name}${tag.early}${tag.profile.byDepth ? tag.attributes + late : late + tag.attributes}`;
    return body === '' && !full ? `${open}${tag.profile.empty}` : `${open}>${body}</${name}>`;
}
/** The element's name with its prefix, and the declarations that it needs. */
function tagName(place, name, tag, outer) {
    const { namespace } = place;
    if (outer !== undefined && namespace === outer.space)
        return name;
    const known = outer === undefined || namespace === '' ? undefined : tag.prefixOf(namespace);
    if (known !== undefined)
        return `${known}:${name}`;
    if (place.prefix !== undefined && !tag.profile.byDepth && namespace !== '') {
        tag.early += tag.declare(place.prefix, namespace);
        return `${place.prefix}:${name}`;
    }
    if (namespace !== (outer?.space ?? '')) {
        tag.late.push(` xmlns=${quoteAttribute(namespace)}`);
        tag.space = namespace;
    }
    return name;
}
/** The codec that writes a value, where several can. */
function chosen(codec, value, tag) {
    let [target, inner] = [codec, value];
    while (target.kind?.choose !== undefined) {
        const [next, part] = target.kind.choose(inner, target, tag);
        if (next === target)
            return [target, part];
        [target, inner] = [resolved(next)[0], part];
    }
    if (typeof inner !== 'object' || inner === null)
        return [target, inner];
    for (const feature of target.facts?.features ?? []) {
        const other = feature.choose?.(inner, target, tag);
        // Which may tell those that derive from it by a discriminator of its own.
        if (other !== undefined)
            return chosen(resolved(other)[0], inner, tag);
    }
    return [target, inner];
}
function writeElement(place, value, outer, name, plain, attributes = []) {
    const named = value === null ? undefined : place.codec.kind?.place?.(value, place.codec);
    if (named !== undefined)
        return writeElement(named, value, outer, named.name, plain, attributes);
    const tag = new Tag(outer.profile, name, outer);
    const full = tagName(place, name, tag, outer);
    // After its own name, whose new default namespace may be the one to declare; a null collection holds nothing that needs more.
    if (!plain && tag.profile.byDepth)
        for (const namespace of layoutOf(place.codec)[value === null ? 'within' : 'declares'])
            tag.early += tag.numbered(namespace);
    return filled(place, value, tag, full, attributes);
}
/** The element of a tag whose name and declarations stand. */
function filled(place, value, tag, name, attributes) {
    for (const attribute of attributes)
        tag.attribute(attribute.namespace, attribute.name, attribute.value);
    if (value === null) {
        tag.attributes += ` ${tag.nilPrefix()}:nil="true"`;
        return wrapped(tag, name, '', false);
    }
    const [codec, inner] = chosen(place.codec, value, tag);
    for (const attribute of keptOf(inner)?.attributes ?? [])
        tag.attribute(attribute.namespace, attribute.name, attribute.value);
    const body = tag.body(codec, inner);
    return wrapped(tag, name, body, codec.plain === true);
}
const frames = new WeakMap();
/** What stands around the content of a type's documents; null where there is no such. */
function frameOf(codec) {
    const place = rootPlace(codec);
    const facts = codec.facts ?? resolved(codec)[0].facts ?? {};
    if (facts.name === undefined || isScalar(place.codec) || place.codec.kind !== undefined)
        return null;
    const { tag, name, profile } = rootTag(place, facts);
    const { empty, newline, nilPrefix, byDepth } = profile;
    const body = tag.early === '' && tag.space === place.namespace ? new Straight({ space: tag.space, nil: pieceOf(` ${nilPrefix}:nil="true"${empty}`), empty: pieceOf(empty), newline, isNet: byDepth }).body(place.codec) : undefined;
    const [head = '', tail = ''] = wrapped(tag, name, '\0', true).split('\0');
    const withNil = `<${name} xmlns:${nilPrefix}=${quoteAttribute(xsi)}${head.slice(name.length + 1)}`;
    return body === undefined ? null : { body, heads: [pieceOf(tag.document.needsNil ? withNil : head), pieceOf(withNil)], tail: pieceOf(tail), empty: pieceOf(empty) };
}
/** The tag of a root with its declarations, and its name. */
function rootTag(place, facts) {
    const profile = facts.profile?.byDepth === true ? datacontract : openapi;
    const tag = new Tag(profile, place.name, undefined);
    const isScalarRoot = place.codec.print !== undefined && place.codec.kind === undefined;
    if (profile.byDepth)
        tag.space = place.namespace;
    if (!isScalarRoot && profile.declaresNil)
        tag.document.needsNil = true;
    if (!isScalarRoot && profile.byDepth)
        for (const namespace of layoutOf(place.codec).declares)
            tag.early += tag.numbered(namespace);
    return { tag, name: tagName(place, place.name, tag, undefined), profile };
}
/** The text of a document. */
export function writeRoot(codec, value) {
    let frame = frames.get(codec);
    if (frame === undefined)
        frames.set(codec, (frame = frameOf(codec)));
    return (frame && value !== null ? straightly(frame.body, value, frame) : undefined) ?? writeTree(codec, value);
}
/** The text of any document. */
export function writeTree(codec, value) {
    const facts = codec.facts ?? resolved(codec)[0].facts ?? {};
    const place = rootPlace(codec);
    if (facts.name === undefined)
        fail('a type without a root element');
    if (value === null) {
        const profile = facts.profile?.byDepth === true ? datacontract : openapi;
        const tag = new Tag(profile, place.name, undefined);
        if (!place.nil)
            fail('null where none can be');
        const open = tagName(place, place.name, tag, undefined);
        // Of a null document the attribute stands before all declarations.
        tag.early = ` ${profile.nilPrefix}:nil="true"${tag.declare(profile.nilPrefix, xsi)}${tag.early}`;
        return wrapped(tag, open, '', false);
    }
    // A choice whose alternatives have names of their own is called as the one that the value is of.
    const own = place.codec.kind?.place?.(value, place.codec) ?? place;
    const { tag, name, profile } = rootTag(own, facts);
    const text = filled(own, value, tag, name, []);
    // The root declares the prefix of nil and type if anything within has them, and its own name has not.
    return tag.document.needsNil && tag.namespaceOf(profile.nilPrefix) !== xsi ? `<${name} xmlns:${profile.nilPrefix}=${quoteAttribute(xsi)}${text.slice(name.length + 1)}` : text;
}
/** Writes an XML document. Throws `DataError` for a value that is none of the type. */
export function toXml(codec, value) {
    reading.shared = undefined;
    return writeRoot(codec, value);
}
