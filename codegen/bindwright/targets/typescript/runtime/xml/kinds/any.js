import { DataError, fail } from '../../core/errors.js';
import { Digits } from '../../core/exact.js';
import { anything, Typed } from '../../core/free.js';
import { resolved } from '../../core/members.js';
import { isObject, readJson } from '../../json/read.js';
import { freeOf } from '../free.js';
import { attributeOf, qualified, xsi } from '../model.js';
import { quoteAttribute } from '../escape.js';
import { typeOf } from '../plan.js';
import { datacontractTypes, openapiTypes } from './builtin.js';
import { typed } from './features.js';
/** The elements of a free value. */
function freeText(json, tag) {
    if (json === null)
        return '';
    if (Array.isArray(json))
        return json.map((part) => freeText(part, tag)).join('');
    if (!isObject(json))
        return tag.text(String(json));
    return Object.entries(json)
        .filter(([name]) => !name.startsWith('@'))
        .map(([name, part]) => (name === '#text' ? freeText(part, tag) : (Array.isArray(part) ? part : [part]).map((one) => freeElement(name, one, tag)).join('')))
        .join('');
}
function freeAttributes(json) {
    if (!isObject(json))
        return '';
    return Object.entries(json).filter(([name]) => name.startsWith('@')).map(([name, value]) => ` ${name.slice(1)}=${quoteAttribute(String(value))}`).join('');
}
function freeElement(name, json, tag) {
    return `<${name}${freeAttributes(json)}>${freeText(json, tag)}</${name}>`;
}
/** The built-in type of a JSON value, in order of trial. */
function builtInOf(json, types) {
    const kinds = typeof json === 'string' ? ['string'] : typeof json === 'boolean' ? ['boolean'] : typeof json === 'bigint' || Number.isInteger(json) ? ['integer', 'number'] : typeof json === 'number' || json instanceof Digits ? ['number'] : [];
    return types.find((one) => {
        if (one.json === undefined || !kinds.includes(one.json))
            return false;
        try {
            readJson(one.codec, json);
            return true;
        }
        catch (error) {
            if (error instanceof DataError)
                return false;
            throw error;
        }
    });
}
/** A value of any type: `xsi:type` tells it, else it is as its elements say. */
// @__NO_SIDE_EFFECTS__
export function freeKind(known, asMap = false) {
    const builtIn = (profile) => (profile?.byDepth ? datacontractTypes : openapiTypes);
    return {
        read: (element, _, reading) => {
            const text = attributeOf(element, xsi, 'type');
            if (text === undefined) {
                const free = freeOf(element);
                return free === '' && asMap ? {} : free;
            }
            const type = qualified(element, text) ?? fail(`no type ${text}`);
            const codec = typed(known(), type) ?? builtIn(reading.root?.profile).find((one) => one.type[0] === type[0] && one.type[1] === type[1])?.codec ?? fail(`no type ${text}`);
            return new Typed(type, codec, reading.content(codec, { ...element, attributes: [] }));
        },
        choose: (value, codec, tag) => {
            if (value instanceof Typed) {
                const target = resolved(value.codec)[0];
                tag.type(typeOf(target) ?? value.type);
                return [target, value.value];
            }
            const one = builtInOf(value, builtIn(tag.profile));
            if (one === undefined)
                return [codec, value];
            if (tag.profile.byDepth)
                tag.type(one.type);
            return [one.codec, readJson(one.codec, value)];
        },
        body: (value, _, tag) => {
            for (const [name, part] of isObject(value) ? Object.entries(value) : [])
                if (name.startsWith('@'))
                    tag.attribute('', name.slice(1), String(part));
            return freeText(value, tag);
        },
    };
}
/** Any value, with the types that `xsi:type` may name beside the built-in ones. */
// @__NO_SIDE_EFFECTS__
export function anyOf(known) {
    return anything({ kind: freeKind(known) });
}
/** A map of any values, whose elements are as they say. */
// @__NO_SIDE_EFFECTS__
export function anyMap(known) {
    return freeKind(known, true);
}
