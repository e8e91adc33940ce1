import { fail } from '../core/errors.js';
import { resolved } from '../core/members.js';
/** Everything but unreserved characters is encoded (RFC 3986, 2.3). */
export function percent(text) {
    return encodeURIComponent(text).replace(/[!'()]/g, escape).replaceAll('*', '%2A');
}
/** Puts a text into the path. */
export const addSegment = (draft, [text = ''], name) => {
    draft.path = draft.path.replaceAll(`{${name}}`, () => text);
    // A segment of dots alone is another path (RFC 3986, 5.2.4), for `fetch` even if it is encoded (WHATWG URL, 4.1).
    if (/\/\.\.?(\/|$)/.test(draft.path))
        fail(`${name} is a part of the path`);
};
/** Adds pairs to the header of cookies. */
export const addCookies = ({ headers }, parts) => headers.set('cookie', [headers.get('cookie') ?? [], parts].flat().join('; '));
/** A parameter that is written where it is among the arguments. */
// @__NO_SIDE_EFFECTS__
export function parameter(argument, optional, write) {
    return (draft, args, client) => {
        const value = args[argument] ?? undefined;
        if (value !== undefined)
            write(draft, value, client);
        else if (!optional)
            fail(`no argument ${argument}`);
    };
}
/** The text of a scalar. */
const textOf = (codec, value) => resolved(codec)[0].print?.(value) ?? '';
/** A scalar in the path; `inPath` takes any value. */
// @__NO_SIDE_EFFECTS__
export function pathText(name, codec, argument = name) {
    return parameter(argument, false, (draft, value) => addSegment(draft, [percent(textOf(codec, value))], name));
}
/** A scalar in the query; `inQuery` takes any value. */
// @__NO_SIDE_EFFECTS__
export function queryText(name, codec, optional = false, argument = name) {
    return parameter(argument, optional, (draft, value) => draft.query.push(`${percent(name)}=${percent(textOf(codec, value))}`));
}
/** A scalar in a header; `inHeader` takes any value. */
// @__NO_SIDE_EFFECTS__
export function headerText(name, codec, optional = false, argument = name) {
    return parameter(argument, optional, (draft, value) => draft.headers.set(name, textOf(codec, value)));
}
