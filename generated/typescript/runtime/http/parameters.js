import { fail } from '../core/errors.js';
import { addCookies, addQuery, requiredArgument, parameter, percent } from './scalar.js';
import { isNamed, textsOf } from './texts.js';
/** Reserved characters stay, and what is encoded already; but `#`, which would end the URL, does not. */
export function keepReserved(text) {
    return encodeURI(text).replace(/%25([\dA-Fa-f]{2})/g, '%$1').replace(/%5[BD]/gi, decodeURIComponent).replaceAll('#', '%23');
}
/** All parts in one list, names before their values. */
export function flat(texts, encode, equals = ',') {
    if (isNamed(texts))
        return texts.flatMap(([name, text]) => (equals === ',' ? [encode(name), encode(text)] : [encode(name) + equals + encode(text)]));
    return [texts].flat().map(encode);
}
/** Parts with commas between. */
export const simple = (_, texts, explode, encode) => [flat(texts, encode, explode ? '=' : ',').join(',')];
/** `name=value` pairs. */
export const formStyle = (name, texts, explode, encode) => {
    if (typeof texts !== 'string' && texts.length === 0)
        return [];
    if (explode && isNamed(texts))
        return flat(texts, encode, '=');
    const parts = flat(texts, encode);
    return (explode ? parts : [parts.join(',')]).map((text) => `${percent(name)}=${text}`);
};
function documented(codec, value, client, mediaType) {
    const format = client.formats.find((candidate) => mediaType.includes(candidate.kind) && candidate.write !== undefined);
    return format?.write?.(codec, value) ?? fail(`no format for ${mediaType}`);
}
/** The parts of a value, as its style has them. */
function partsOf(name, texts, options, style, exploded, encode) {
    return (options.style ?? style)(name, texts, options.explode ?? (options.style === undefined && exploded), options.reserved === true ? keepReserved : encode);
}
// @__NO_SIDE_EFFECTS__
function styled(name, codec, options, style, exploded, put, encode = percent) {
    return parameter(options.argument ?? name, options.optional === true, (draft, value, client) => {
        const texts = options.content === undefined ? (options.style?.texts ?? textsOf)(codec, value) : documented(codec, value, client, options.content);
        put(draft, partsOf(name, texts, options, style, exploded, encode), name);
    });
}
/** The text of a parameter in the path; `client` is needed where it is a document (`content`). */
export function inPath(args, name, codec, options = {}, client) {
    const value = requiredArgument(args, options.argument ?? name);
    const texts = options.content === undefined || client === undefined ? textsOf(codec, value) : documented(codec, value, client, options.content);
    return partsOf(name, texts, options, simple, false, percent).join('').replaceAll('?', '%3F');
}
/** A parameter in the query. */
// @__NO_SIDE_EFFECTS__
export function inQuery(name, codec, options = {}) {
    return styled(name, codec, options, formStyle, true, addQuery);
}
/** The whole query string. */
// @__NO_SIDE_EFFECTS__
export function asQuery(name, codec, options = {}) {
    return inQuery(name, codec, options);
}
/** A parameter in a header. */
// @__NO_SIDE_EFFECTS__
export function inHeader(name, codec, options = {}) {
    return styled(name, codec, options, simple, false, (draft, [text = '']) => draft.headers.set(name, text), (text) => text);
}
/** A parameter in a cookie; browsers send their own. */
// @__NO_SIDE_EFFECTS__
export function inCookie(name, codec, options = {}) {
    return styled(name, codec, options, formStyle, true, addCookies);
}
