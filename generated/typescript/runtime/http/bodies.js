import { namesOf, own } from '../core/codec.js';
import { resolved } from '../core/members.js';
import { isScalar, parseText } from '../core/parse.js';
import { writeJson } from '../json/write.js';
import { formStyle } from './parameters.js';
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
const styles = { spaceDelimited, pipeDelimited, deepObject };
function urlencoded(codec, mediaType, parts) {
    const pairs = ([name, value, one]) => {
        const { contentType, style, explode } = parts[name] ?? {};
        // An object of which the document says no style is JSON (OpenAPI 3.1.1, 4.8.15.1).
        const isObject = typeof value === 'object' && !Array.isArray(value) && resolved(one)[0].print === undefined && style === undefined && explode === undefined;
        if (isObject || contentType?.includes('json') === true)
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
/** A form of parts, each with its media type: scalars are text, objects are JSON, octets are what they are. */
// @__NO_SIDE_EFFECTS__
export function multipart(codec, mediaType, parts = {}) {
    const add = (data, name, one, value) => {
        const type = parts[name]?.contentType;
        if (value instanceof Blob)
            data.append(name, type === undefined || value.type !== '' ? value : value.slice(0, value.size, type));
        else if (value instanceof Uint8Array)
            data.append(name, new Blob([value], { type: type ?? 'application/octet-stream' }));
        else if (Array.isArray(value) && type === undefined)
            for (const item of value)
                add(data, name, resolved(one)[0].item ?? {}, item);
        else if (typeof value !== 'object' || resolved(one)[0].print !== undefined)
            append(data, name, printed(one, value), type);
        else
            append(data, name, jsonOf(one, value), type ?? 'application/json');
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
