import type { AnyCodec } from '../core/codec.js';
import { fail } from '../core/errors.js';
import { resolved } from '../core/members.js';
import type { Draft, Parameter } from './model.js';

/** Adds the parts of a parameter to a request. */
export type Put = (draft: Draft, parts: readonly string[], name: string) => void;

/** Everything but unreserved characters is encoded (RFC 3986, 2.3). */
export function percent(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Puts a text into the path. */
export const addSegment: Put = (draft, [text = ''], name) => {
  draft.path = draft.path.split(`{${name}}`).join(text);
  // A segment of dots alone is another path (RFC 3986, 5.2.4), for `fetch` even if it is encoded (WHATWG URL, 4.1).
  if (/\/\.\.?(\/|$)/.test(draft.path)) fail(`${name} is a part of the path`);
};

/** Adds pairs to the header of cookies. */
export const addCookies: Put = ({ headers }, parts) => headers.set('cookie', [headers.get('cookie') ?? [], parts].flat().join('; '));

// @__NO_SIDE_EFFECTS__
function scalar(codec: AnyCodec, optional: boolean, argument: string, put: (draft: Draft, text: string) => void): Parameter {
  return { argument, optional, write: (value, draft) => put(draft, resolved(codec)[0].print?.(value as never) ?? '') };
}

/** A scalar in the path; `inPath` takes any value. */
// @__NO_SIDE_EFFECTS__
export function pathText(name: string, codec: AnyCodec, argument: string = name): Parameter {
  return scalar(codec, false, argument, (draft, text) => addSegment(draft, [percent(text)], name));
}

/** A scalar in the query; `inQuery` takes any value. */
// @__NO_SIDE_EFFECTS__
export function queryText(name: string, codec: AnyCodec, optional = false, argument: string = name): Parameter {
  return scalar(codec, optional, argument, (draft, text) => draft.query.push(`${percent(name)}=${percent(text)}`));
}

/** A scalar in a header; `inHeader` takes any value. */
// @__NO_SIDE_EFFECTS__
export function headerText(name: string, codec: AnyCodec, optional = false, argument: string = name): Parameter {
  return scalar(codec, optional, argument, (draft, text) => draft.headers.set(name, text));
}
