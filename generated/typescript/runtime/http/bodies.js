import { namesOf, own } from '../core/codec.js';
import { resolved } from '../core/members.js';
import { isScalar, parseText } from '../core/parse.js';
import { writeJson } from '../json/write.js';
import { flat, formStyle } from './parameters.js';
import { percent } from './scalar.js';
import { deepObject, pipeDelimited, spaceDelimited } from './styles.js';
import { printed, textsOf } from './texts.js';
/** A JSON body. */
// @__NO_SIDE_EFFECTS__
export function jsonBody(codec, mediaType) {
    return { form: 'json', codec, mediaType };
}
/** An XML body. */
// @__NO_SIDE_EFFECTS__
export function xmlBody(codec, mediaType) {
    return { form: 'xml', codec, mediaType };
}
/** Text; where a codec is given, that of a scalar. */
// @__NO_SIDE_EFFECTS__
export function plain(mediaType, codec) {
    return {
        form: 'own',
        mediaType,
        read: async (response) => {
            const text = await response.text();
            return codec === undefined ? text : (isScalar(resolved(codec)[0]) ? parseText(resolved(codec)[0], text) : text);
        },
        write: (value) => ({ body: codec === undefined ? String(value) : printed(codec, value), type: mediaType }),
    };
}
/** Octets, whatever they are. */
// @__NO_SIDE_EFFECTS__
export function blob(mediaType) {
    return {
        form: 'own',
        mediaType,
        read: (response) => response.blob(),
        // A range (`image/*`) is no type that can be sent.
        write: (value) => ({ body: value, type: value instanceof Blob && value.type !== '' ? value.type : mediaType.includes('*') ? 'application/octet-stream' : mediaType }),
    };
}
function codecOf(codec, name) {
    const [target] = resolved(codec);
    return target.members?.find((member) => member.name === name)?.codec ?? target.item ?? target.beyond?.further?.(name) ?? {};
}
/** Fields that have a value, with their codecs. */
function fieldsOf(codec, value) {
    const fields = value;
    const there = namesOf(fields).filter((name) => own(fields, name) !== undefined && own(fields, name) !== null);
    return there.map((name) => [name, own(fields, name), codecOf(codec, name)]);
}
/** The JSON of a field; of one without a description as it is. */
const jsonOf = (codec, value) => (Object.keys(codec).length > 0 ? writeJson(codec, value) : JSON.stringify(value));
/** The media type of a part: the first of those that it may have. Of a range the value alone says which it is. */
const typeOf = ({ contentType = '*' }) => contentType.split(',').slice(0, 1).find((type) => !type.includes('*'))?.trim();
const isJson = (type) => type !== undefined && /[/+.-]json\b/i.test(type);
const styles = { spaceDelimited, pipeDelimited, deepObject };
function urlencoded(codec, mediaType, parts) {
    const pairs = ([name, value, one]) => {
        const { contentType, style, explode, write } = parts[name] ?? {};
        // A style that is said goes before a media type (OpenAPI 3.1.1, 4.8.15.1).
        if (write !== undefined && style === undefined)
            return [`${percent(name)}=${percent(write(one, value, {}))}`];
        // An object of which the document says no style is JSON (OpenAPI 3.1.1, 4.8.15.1).
        const isObject = typeof value === 'object' && !Array.isArray(value) && resolved(one)[0].print === undefined && style === undefined && explode === undefined;
        if (isObject || (isJson(contentType) && style === undefined))
            return [`${percent(name)}=${percent(jsonOf(one, value))}`];
        return (styles[style ?? 'form'] ?? formStyle)(name, textsOf(one, value), explode ?? (style ?? 'form') === 'form', percent);
    };
    return {
        form: 'own',
        mediaType,
        write: (value) => ({ body: fieldsOf(codec, value).flatMap(pairs).join('&').replaceAll('%20', '+'), type: mediaType }),
        read: async (response) => Object.fromEntries(new URLSearchParams(await response.text())),
    };
}
/** An urlencoded form; as the style of a parameter, `name=value` pairs. */
export const form = /* @__PURE__ */ ((first, second, third, fourth) => typeof first === 'string' ? formStyle(first, second, third, fourth) : urlencoded(first, second, third ?? {}));
/** What stands between the items of a list that is one text. */
const separators = { spaceDelimited: ' ', pipeDelimited: '|', tabDelimited: '\t' };
/** A part that is text though its value has several: they stand one behind the other, as in a header. */
export function delimited(codec, value, { style = '', explode }) {
    return flat(textsOf(codec, value), String, explode === true ? '=' : ',').join(separators[style] ?? ',');
}
/**
 * A form of parts, each of its media type, a list one for each item: scalars are text, objects are JSON, octets are what
 * they are, where the document says nothing else.
 */
// @__NO_SIDE_EFFECTS__
export function multipart(codec, mediaType, parts = {}) {
    const add = (data, name, one, value) => {
        const part = parts[name] ?? {};
        const { style, explode, write } = part;
        const type = typeOf(part);
        const [target] = resolved(one);
        // One JSON text holds a list, and one text with a style; of other types each item is a document.
        const isWhole = isJson(type) || (type === undefined && style !== undefined && explode === false);
        const isText = typeof value !== 'object' || target.print !== undefined;
        if (value instanceof Blob)
            data.append(name, type === undefined || value.type !== '' ? value : value.slice(0, value.size, type));
        else if (value instanceof Uint8Array)
            data.append(name, new Blob([value], { type: type ?? 'application/octet-stream' }));
        else if (Array.isArray(value) && !isWhole)
            for (const item of value)
                item === null || add(data, name, target.item ?? {}, item);
        else if (write !== undefined)
            append(data, name, write(one, value, part), type);
        else if (isJson(type) || !isText)
            append(data, name, jsonOf(one, value), type ?? 'application/json');
        else
            append(data, name, printed(one, value), type);
    };
    return {
        form: 'own',
        mediaType,
        write: (value) => {
            const data = new FormData();
            for (const [name, part, one] of fieldsOf(codec, value))
                add(data, name, one, part);
            // `fetch` writes the type with its boundary.
            return { body: data };
        },
        read: (response) => response.formData(),
    };
}
/** A text part; `FormData` gives one with a media type a file name. */
function append(data, name, text, type) {
    if (type === undefined)
        data.append(name, text);
    else
        data.append(name, new Blob([text], { type }), name);
}
