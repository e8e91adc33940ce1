import type { AnyCodec } from '../core/codec.js';
import { fail } from '../core/errors.js';
import { resolved } from '../core/members.js';
import type { Client, Draft, Parameter } from './model.js';

/** Adds the parts of a parameter to a request. */
export type Put = (draft: Draft, parts: readonly string[], name: string) => void;

/** Everything but unreserved characters is encoded (RFC 3986, 2.3). */
export function percent(text: string): string {
  return encodeURIComponent(text).replace(/[!'()]/g, escape).replaceAll('*', '%2A');
}

/** Puts a text into the path. */
export const addSegment: Put = (draft, [text = ''], name) => {
  draft.path = draft.path.replaceAll(`{${name}}`, () => text);
  // A segment of dots alone is another path (RFC 3986, 5.2.4), for `fetch` even if it is encoded (WHATWG URL, 4.1).
  if (/\/\.\.?(\/|$)/.test(draft.path)) fail(`${name} is a part of the path`);
};

/** Adds pairs to the header of cookies. */
export const addCookies: Put = ({ headers }, parts) => headers.set('cookie', [headers.get('cookie') ?? [], parts].flat().join('; '));

/** A parameter that is written where it is among the arguments. */
// @__NO_SIDE_EFFECTS__
export function parameter(argument: string, optional: boolean, write: (draft: Draft, value: unknown, client: Client) => void): Parameter {
  return (draft, args, client) => {
    const value = args[argument] ?? undefined;
    if (value !== undefined) write(draft, value, client);
    else if (!optional) fail(`no argument ${argument}`);
  };
}

/** The text of a scalar. */
const textOf = (codec: AnyCodec, value: unknown): string => resolved(codec)[0].print?.(value as never) ?? '';

/** A scalar in the path; `inPath` takes any value. */
// @__NO_SIDE_EFFECTS__
export function pathText(name: string, codec: AnyCodec, argument: string = name): Parameter {
  return parameter(argument, false, (draft, value) => addSegment(draft, [percent(textOf(codec, value))], name));
}

/** A scalar in the query; `inQuery` takes any value. */
// @__NO_SIDE_EFFECTS__
export function queryText(name: string, codec: AnyCodec, optional = false, argument: string = name): Parameter {
  return parameter(argument, optional, (draft, value) => draft.query.push(`${percent(name)}=${percent(textOf(codec, value))}`));
}

/** A scalar in a header; `inHeader` takes any value. */
// @__NO_SIDE_EFFECTS__
export function headerText(name: string, codec: AnyCodec, optional = false, argument: string = name): Parameter {
  return parameter(argument, optional, (draft, value) => draft.headers.set(name, textOf(codec, value)));
}
