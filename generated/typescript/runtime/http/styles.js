import { resolved } from '../core/members.js';
import { parseText } from '../core/parse.js';
import { flat } from './parameters.js';
import { percent } from './scalar.js';
import { isNamed, printed } from './texts.js';
/** `.a.b`, in paths. */
export const label = (_, texts, explode, encode) => [`.${flat(texts, encode, explode ? '=' : ',').join(explode ? '.' : ',')}`];
/** `;name=a`, in paths. */
export const matrix = (name, texts, explode, encode) => {
    const parts = flat(texts, encode, explode ? '=' : ',');
    if (explode && isNamed(texts))
        return [parts.map((text) => `;${text}`).join('')];
    return [(explode ? parts : [parts.join(',')]).map((text) => `;${percent(name)}=${text}`).join('')];
};
const delimited = (mark) => (name, texts, explode, encode) => {
    const parts = flat(texts, encode);
    return (explode ? parts : parts.length > 0 ? [parts.join(mark)] : []).map((text) => `${percent(name)}=${text}`);
};
/** Parts with blanks between. */
export const spaceDelimited = /* @__PURE__ */ delimited('%20');
/** Parts with bars between. */
export const pipeDelimited = /* @__PURE__ */ delimited('%7C');
/** Parts with tabs between (`collectionFormat: tsv` of OpenAPI 2.0). */
export const tabDelimited = /* @__PURE__ */ delimited('%09');
/** Parts with a mark between, in paths and headers (`collectionFormat` of OpenAPI 2.0). */
// @__NO_SIDE_EFFECTS__
export function separated(mark) {
    return (_, texts, __, encode) => [flat(texts, encode).join(mark)];
}
/** A list that is one text, with a mark between its items: one within a list has a mark of its own. */
// @__NO_SIDE_EFFECTS__
export function joined(item, mark) {
    const [target] = resolved(item);
    return {
        print: (items) => items.map((item) => printed(target, item)).join(mark),
        parse: (text) => (text === '' ? [] : text.split(mark).map((part) => parseText(target, part))),
    };
}
/** A cookie (OpenAPI 3.2): pairs that are not encoded. */
export const cookie = (name, texts) => (isNamed(texts) ? flat(texts, String, '=') : flat(texts, String).map((text) => `${name}=${text}`));
