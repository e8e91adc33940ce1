import { namesOf, own, type AnyCodec, type Fields, type Json } from '../core/codec.js';
import { parseExactly } from '../json/exactly.js';
import { writeJson } from '../json/write.js';
import { flat, type Style } from './parameters.js';
import { percent } from './scalar.js';
import { isNamed, type Texts } from './texts.js';

/** The JSON of a value; of one without a description as it is. */
export const jsonOf = (codec: AnyCodec, value: unknown): string => (Object.keys(codec).length > 0 ? writeJson(codec, value) : JSON.stringify(value));

/** Whether a value of JSON has parts; numbers with a spelling are `Number`s. */
const isDeep = (json: Json): json is Json[] | { [name: string]: Json } => typeof json === 'object' && json !== null && !((json as unknown) instanceof Number);

function leaves(json: Json, path: readonly string[]): readonly (readonly [path: string, text: string])[] {
  if (isDeep(json)) return namesOf(json).flatMap((name) => leaves(own(json as unknown as Fields, name) as Json, [...path, name]));
  return json === null ? [] : [[path.join(ANOTHER), `${json as string}`]];
}

/** What stands between the names of a path, which are within brackets. */
const ANOTHER = '][';

/** The texts of a value by their paths, names and positions, as they are in JSON: that knows also alternatives of unions. */
function deepTexts(codec: AnyCodec, value: unknown): Texts {
  const json = parseExactly(jsonOf(codec, value));
  return isDeep(json) ? leaves(json, []) : `${json as string}`;
}

const pairs: Style = (name, texts, _, encode) => (isNamed(texts) ? texts.map(([path, text]) => `${percent(name)}%5B${percent(path)}%5D=${encode(text)}`) : flat(texts, encode).map((text) => `${percent(name)}=${text}`));

/** `name[key]=value`; deeper than OpenAPI defines, each level adds its name or position: `name[key][0]=value`. */
export const deepObject: Style = /* @__PURE__ */ Object.assign(pairs, { texts: deepTexts });
