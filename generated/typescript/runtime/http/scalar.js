import { fail } from '../core/errors.js';
import { resolved } from '../core/members.js';
/** Everything but unreserved characters is encoded (RFC 3986, 2.3). */
export function percent(text) {
    return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
/** Puts a text into the path. */
export const addSegment = (draft, [text = ''], name) => {
    draft.path = draft.path.split(`{${name}}`).join(text);
    // A segment of dots alone is another path (RFC 3986, 5.2.4), for `fetch` even if it is encoded (WHATWG URL, 4.1).
    if (/\/\.\.?(\/|$)/.test(draft.path))
        fail(`${name} is a part of the path`);
};
/** Adds pairs to the header of cookies. */
export const addCookies = ({ headers }, parts) => headers.set('cookie', [headers.get('cookie') ?? [], parts].flat().join('; '));
// @__NO_SIDE_EFFECTS__
function scalar(codec, optional, argument, put) {
    return { argument, optional, write: (value, draft) => put(draft, resolved(codec)[0].print?.(value) ?? '') };
}
/** A scalar in the path; `inPath` takes any value. */
// @__NO_SIDE_EFFECTS__
export function pathText(name, codec, argument = name) {
    return scalar(codec, false, argument, (draft, text) => addSegment(draft, [percent(text)], name));
}
/** A scalar in the query; `inQuery` takes any value. */
// @__NO_SIDE_EFFECTS__
export function queryText(name, codec, optional = false, argument = name) {
    return scalar(codec, optional, argument, (draft, text) => draft.query.push(`${percent(name)}=${percent(text)}`));
}
/** A scalar in a header; `inHeader` takes any value. */
// @__NO_SIDE_EFFECTS__
export function headerText(name, codec, optional = false, argument = name) {
    return scalar(codec, optional, argument, (draft, text) => draft.headers.set(name, text));
}
