import { fail } from '../core/errors.js';
/** Everything but unreserved characters is encoded (RFC 3986, 2.3). */
export function percent(text) {
    return encodeURIComponent(text).replace(/[!'()]/g, escape).replaceAll('*', '%2A');
}
/** An argument that has to be there. */
export function requiredArgument(args, name) {
    return args[name] ?? fail(`no argument ${name}`);
}
/** A path whose parts may be any text: one of dots alone would be another path (RFC 3986, 5.2.4), for `fetch` even if it is encoded (WHATWG URL, 4.1). */
// @__NO_SIDE_EFFECTS__
export function dotless(path) {
    return (args, client) => {
        const text = path(args, client);
        return /\/\.\.?(\/|\?|$)/.test(text) ? fail(`a part of dots alone in ${text}`) : text;
    };
}
/** Adds pairs to the query. */
export const addQuery = (draft, parts) => {
    for (const pair of parts)
        draft.path += (draft.path.includes('?') ? '&' : '?') + pair;
};
/** Adds pairs to the header of cookies. */
export const addCookies = ({ headers }, parts) => headers.set('cookie', [headers.get('cookie') ?? [], parts].flat().join('; '));
/** A parameter that is written where it is among the arguments. */
// @__NO_SIDE_EFFECTS__
export function parameter(argument, optional, write) {
    return (draft, args, client) => {
        const value = (optional ? args[argument] : requiredArgument(args, argument)) ?? undefined;
        if (value !== undefined)
            write(draft, value, client);
    };
}
/** The text of a scalar. */
const textOf = (codec, value) => codec.print(value);
/** A scalar in the path whose text is never encoded, as those of numbers. */
export function pathWord(args, name, codec) {
    return codec.print(args[name] ?? fail(`no argument ${name}`));
}
/** A scalar in the path; `inPath` takes any value. */
export function pathText(args, name, codec) {
    return percent(pathWord(args, name, codec));
}
/** A scalar in the query; `inQuery` takes any value. */
// @__NO_SIDE_EFFECTS__
export function queryText(name, codec, optional = false, argument = name) {
    return parameter(argument, optional, (draft, value) => addQuery(draft, [`${percent(name)}=${percent(textOf(codec, value))}`]));
}
/** A scalar in a header; `inHeader` takes any value. */
// @__NO_SIDE_EFFECTS__
export function headerText(name, codec, optional = false, argument = name) {
    return parameter(argument, optional, (draft, value) => draft.headers.set(name, textOf(codec, value)));
}
