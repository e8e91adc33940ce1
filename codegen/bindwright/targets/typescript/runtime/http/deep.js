import { namesOf, own } from '../core/codec.js';
import { parseExactly } from '../json/exactly.js';
import { writeJson } from '../json/write.js';
import { flat } from './parameters.js';
import { percent } from './scalar.js';
import { isNamed } from './texts.js';
/** The JSON of a value; of one without a description as it is. */
export const jsonOf = (codec, value) => (Object.keys(codec).length > 0 ? writeJson(codec, value) : JSON.stringify(value));
/** Whether a value of JSON has parts; numbers with a spelling are `Number`s. */
const isDeep = (json) => typeof json === 'object' && json !== null && !(json instanceof Number);
function leaves(json, path) {
    if (isDeep(json))
        return namesOf(json).flatMap((name) => leaves(own(json, name), [...path, name]));
    return json === null ? [] : [[path.join(ANOTHER), `${json}`]];
}
/** What stands between the names of a path, which are within brackets. */
const ANOTHER = '][';
/** The texts of a value by their paths, names and positions, as they are in JSON: that knows also alternatives of unions. */
function deepTexts(codec, value) {
    const json = parseExactly(jsonOf(codec, value));
    return isDeep(json) ? leaves(json, []) : `${json}`;
}
const pairs = (name, texts, _, encode) => (isNamed(texts) ? texts.map(([path, text]) => `${percent(name)}%5B${percent(path)}%5D=${encode(text)}`) : flat(texts, encode).map((text) => `${percent(name)}=${text}`));
/** `name[key]=value`; deeper than OpenAPI defines, each level adds its name or position: `name[key][0]=value`. */
export const deepObject = /* @__PURE__ */ Object.assign(pairs, { texts: deepTexts });
