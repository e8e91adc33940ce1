import { actual, kept, namesOf, own } from '../../core/codec.js';
import { DataError, fail } from '../../core/errors.js';
import { resolved } from '../../core/members.js';
import { isBlank, isScalar, parseText } from '../../core/parse.js';
import { reading as state } from '../../core/reading.js';
import { many } from '../../core/union.js';
import { writeJson } from '../../json/write.js';
import { freeOf } from '../free.js';
import { attributeOf, gathered, isElement, isSpace, qualified, textWithin, xsi } from '../model.js';
import { keepContent } from '../keep.js';
import { placeOf, reads, typeOf } from '../plan.js';
/** The text of an attribute or a child element. */
export function textAt(place, element) {
    const node = typeof place === 'string' ? { of: place } : place;
    const name = node.name ?? node.of ?? '';
    const namespace = node.namespace ?? '';
    if (node.attribute === true) {
        const text = attributeOf(element, namespace, name);
        return text !== undefined && node.qname === true ? qualified(element, text)?.[1] : text;
    }
    const child = element.children.find((candidate) => isElement(candidate) && candidate.name === name && isSpace(namespace, candidate.namespace));
    return child === undefined || typeof child === 'string' ? undefined : textWithin(child);
}
/** Where the alternatives of a union stand. */
// @__NO_SIDE_EFFECTS__
export function choice(facts) {
    const places = (codec) => facts.nodes.map((node, index) => placeOf(typeof node === 'string' ? { name: node } : node, facts.inside ?? '', codec.parts?.[index] ?? fail('no alternative'), index));
    /** The value of the alternative that leaves least of what is there unknown, of those that read it. */
    const fitting = (all, element, codec, read) => {
        // The alternatives are tried: each has to refuse what is not of it, which whoever keeps content does; here alone.
        const { keepXml } = state;
        state.keepXml = keepContent;
        let best;
        try {
            for (const place of all) {
                try {
                    const value = marked(read(place), place, codec);
                    // As in JSON: the one that leaves the fewest members unknown, and what an enumeration does not list, or a closed object does not know, last.
                    const further = unknownIn(value);
                    const lost = further + Math.max(isAltered(value, textWithin(element)) ? many : 0, codec.behind?.(codec.parts?.[place.index] ?? place.codec, value, further) ?? 0) + textLost(element, leafOf(place.codec, value));
                    if (lost === 0)
                        return value;
                    if (best === undefined || lost < best.lost)
                        best = { value, lost };
                }
                catch (error) {
                    if (!(error instanceof DataError))
                        throw error;
                }
            }
        }
        finally {
            state.keepXml = keepXml;
        }
        return best === undefined ? fail('no alternative of the union fits') : best.value;
    };
    const hasLists = facts.nodes.some((node) => typeof node !== 'string' && node.bare === true);
    return {
        fewest: 1,
        read: (element, codec, reading) => {
            const content = ({ codec: part }) => reading.content(part, element);
            const place = alternativeOf(element, places(codec), facts);
            if (place === null)
                return state.tolerant ? freeOf(element) : fail('no alternative that the discriminator tells');
            return place !== undefined ? marked(content(place), place, codec) : fitting(places(codec), element, codec, content);
        },
        // A single element is a list of one where nothing else takes it.
        gather: hasLists ? (around, place, reading) => {
            const { codec, nil } = place;
            const elements = gathered(around, place);
            const [first, second] = elements.children;
            const all = places(codec);
            const lists = all.filter(({ bare }) => bare);
            const read = (alternative) => (alternative.bare ? reading.content(alternative.codec, elements) : reading.place({ codec: alternative.codec, nil }, first));
            const isOne = first !== undefined && second === undefined;
            const alternative = isOne ? alternativeOf(first, all, facts) : undefined;
            if (alternative)
                return marked(read(alternative), alternative, codec);
            return fitting(isOne ? [...all.filter(({ bare }) => !bare), ...lists] : lists, isOne ? first : elements, codec, read);
        } : undefined,
        bare: hasLists ? (value, codec) => places(codec).find((place) => place.bare === true && place.codec === partOf(value, codec))?.codec : undefined,
        place: (value, codec) => {
            if (facts.byName !== true)
                return undefined;
            const part = partOf(value, codec);
            return places(codec).find((place) => place.codec === part);
        },
        choose: (value, codec, tag) => {
            const part = partOf(value, codec);
            if (facts.types !== undefined) {
                const type = toldAs(part, value, codec, facts.types);
                if (type)
                    tag.type([xsd, type]);
            }
            if (facts.byName !== true && facts.discriminator === undefined && (isTakenBefore(part, value, codec) || isText(part, value, codec, tag))) {
                const type = typeOf(leafOf(part, value));
                if (type)
                    tag.type(type);
            }
            return [part, codec.fill?.(value, part) ?? value];
        },
    };
}
const xsd = 'http://www.w3.org/2001/XMLSchema';
/** The type that a scalar has to be told as: its text alone would be read as another value. */
function toldAs(part, value, union, types) {
    if (!isScalar(part) || part.print === undefined)
        return undefined;
    const text = part.print(value);
    const behindOf = (codec, scalar) => union.behind?.(union.parts?.find((candidate) => resolved(candidate)[0] === codec) ?? codec, scalar, 0) ?? 0;
    for (const codec of rivals(part, union)) {
        try {
            const back = isScalar(codec) ? parseText(codec, text) : fail('no text');
            const isLast = isAltered(back, text) || behindOf(codec, back) > behindOf(part, value);
            if (!isLast && writeJson(codec, back) !== writeJson(part, value))
                return types[(union.parts ?? []).findIndex((candidate) => resolved(candidate)[0] === part)];
        }
        catch (error) {
            if (!(error instanceof DataError))
                throw error;
        }
    }
    return undefined;
}
/** Whether a text says more than the number it is read as: the zeros of a postcode, the plus of a telephone. */
function isAltered(value, text) {
    return typeof value !== 'string' && value !== null && /^[ \t\r\n]*(?:\+|-?0\d)/.test(text);
}
/** The content of an object, where it may have one. */
const contentOf = (codec) => codec.facts?.features?.find((feature) => feature.text === true);
/** What tells a scalar from an object with a text: attributes are lost in the one, and a text alone is none of the other. */
function textLost(element, codec) {
    const attributes = element.attributes.filter((attribute) => attribute.namespace !== xsi).length;
    if (isScalar(codec))
        return attributes;
    return attributes === 0 && contentOf(codec) !== undefined && !isBlank(textWithin(element)) && !element.children.some(isElement) ? 1.5 * many : 0;
}
/** Whether an object is written as nothing but a text, and a scalar of the union takes it. */
function isText(part, value, union, tag) {
    const content = contentOf(part);
    if (content?.open === undefined || typeof value !== 'object' || value === null)
        return false;
    if (namesOf(value).filter((name) => (own(value, name) ?? undefined) !== undefined).length !== 1)
        return false;
    const text = content.open(value, part, tag);
    return !!text && (union.parts ?? []).some((candidate) => isOf(resolved(candidate)[0], text));
}
function isOf(codec, text) {
    try {
        if (isScalar(codec))
            parseText(codec, text);
        return !!isScalar(codec);
    }
    catch (error) {
        if (!(error instanceof DataError))
            throw error;
        return false;
    }
}
/** How much of an element its alternative does not name. */
function unknownIn(value) {
    const unknown = typeof value === 'object' && value !== null ? value[kept]?.xml : undefined;
    return unknown === undefined ? 0 : unknown.elements.length + unknown.attributes.length;
}
/** Names that other languages have for types. */
const aliases = { int: 'integer', long: 'integer', short: 'integer', byte: 'integer', float: 'double' };
/** The alternative that name, type or discriminator tell; null: the discriminator has a value that nobody listed. */
function alternativeOf(element, places, facts) {
    const named = facts.byName === true ? places.find((place) => reads(place, element.namespace, element.name)) : undefined;
    if (named !== undefined)
        return named;
    const type = attributeOf(element, xsi, 'type');
    const [namespace, name] = type === undefined ? [] : (qualified(element, type) ?? []);
    const typed = name === undefined ? undefined : (places.find(({ codec }) => isTyped(codec, namespace, name)) ?? places.find(({ codec }) => isTypedWithin(codec, namespace, name)));
    const builtIn = namespace === xsd && name !== undefined ? places[facts.types?.indexOf(own(aliases, name) ?? name) ?? -1] : undefined;
    if (builtIn !== undefined || typed !== undefined || facts.discriminator === undefined)
        return typed ?? builtIn;
    const text = textAt(facts.discriminator, element);
    const position = text !== undefined && Object.hasOwn(facts.mapping ?? {}, text) ? facts.mapping?.[text] : undefined;
    return text === undefined ? undefined : (places[position ?? facts.otherwise ?? -1] ?? null);
}
function isTyped(codec, namespace, name) {
    const type = typeOf(codec);
    return type?.[1] === name && type[0] === namespace;
}
/** Whether an alternative is a union that has one of the type. */
function isTypedWithin(codec, namespace, name) {
    const { told: isUnion, parts = [] } = resolved(codec)[0];
    return isUnion !== undefined && parts.some((alternative) => isTyped(alternative, namespace, name) || isTypedWithin(alternative, namespace, name));
}
/** The value, which remembers its alternative: two may have the same members. What its type has no place for, it says by the discriminator. */
function marked(value, { codec, index }, union) {
    if (typeof value !== 'object' || value === null)
        return value;
    if (codec.members !== undefined)
        value[actual] ??= codec;
    union.mark?.(value, index);
    return value;
}
/** The alternative of a value. */
function partOf(value, codec) {
    return resolved(codec.fits?.(value, writeJson) ?? fail('no union'))[0];
}
/** Whether an alternative that is tried before that of an object would take what is written of it. */
function isTakenBefore(part, value, union) {
    const leaf = leafOf(part, value);
    if (leaf.members === undefined || typeof value !== 'object' || value === null)
        return false;
    // The union within says it.
    if (leaf !== part && isTakenBefore(partOf(value, part), value, part))
        return false;
    // What a value keeps is written with it.
    const order = behindIn(union, leaf, value);
    return rivals(part, union).some((other) => behindIn(union, other, value) <= order && takes(other, leaf, value));
}
/** How far an alternative of a union, or of one within, stands behind others that take a value. */
function behindIn(union, codec, value) {
    const distances = (union.parts ?? []).map((alternative) => {
        const [part] = resolved(alternative);
        return part === codec ? (union.behind?.(alternative, value, unknownIn(value)) ?? 0) : isUnion(part) ? behindIn(part, codec, value) : Infinity;
    });
    return Math.min(...distances);
}
/** What is tried before an alternative; where there are unions within, in whichever order a reader goes through them. */
function rivals(part, union) {
    const parts = (union.parts ?? []).map((alternative) => resolved(alternative)[0]);
    const before = parts.slice(0, Math.max(0, parts.indexOf(part)));
    return parts.some(isUnion) ? [...before, ...parts.filter((alternative) => alternative !== part && (isUnion(alternative) || isUnion(part)))].flatMap(leavesOf) : before;
}
const isUnion = (codec) => codec.told !== undefined;
/** An alternative, or those of the union that it is. */
function leavesOf(codec) {
    return isUnion(codec) ? (codec.parts ?? []).flatMap((alternative) => leavesOf(resolved(alternative)[0])) : [codec];
}
/** What a value is of, in the unions within. */
function leafOf(part, value) {
    return isUnion(part) ? leafOf(partOf(value, part), value) : part;
}
/** Whether an object has all members of another one that value's are, each of a text that is one there. */
function takes(other, part, value) {
    const names = namesOf(value).filter((name) => (own(value, name) ?? undefined) !== undefined);
    const codecIn = ({ members }, name) => members?.find((member) => member.name === name)?.codec;
    if (other.members?.every((member) => member.optional === true || names.includes(member.name)) !== true)
        return false;
    return names.every((name) => {
        const [mine, its] = [codecIn(part, name), codecIn(other, name)].map((codec) => codec && resolved(codec)[0]);
        if (mine === undefined || its === undefined)
            return mine === its;
        if (mine === its)
            return true;
        if (!isScalar(mine) || !isScalar(its) || mine.print === undefined)
            return isScalar(mine) === isScalar(its);
        try {
            parseText(its, mine.print(own(value, name)));
            return true;
        }
        catch (error) {
            if (!(error instanceof DataError))
                throw error;
            return false;
        }
    });
}
