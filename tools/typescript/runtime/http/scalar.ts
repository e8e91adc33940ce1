import type { AnyCodec, Scalar } from '../core/codec.js';
import { fail } from '../core/errors.js';
import type { Arguments, Client, Draft, Writer } from './model.js';
import type { Path } from './operation.js';

/** Adds the parts of a parameter to a request. */
export type Put = (draft: Draft, parts: readonly string[], name?: string) => void;

/** Everything but unreserved characters is encoded (RFC 3986, 2.3). */
export function percent(text: string): string {
  return encodeURIComponent(text).replace(/[!'()]/g, escape).replaceAll('*', '%2A');
}

/** An argument that has to be there. */
export function requiredArgument(args: Arguments, name: string): unknown {
  return args[name] ?? fail(`no argument ${name}`);
}

/** A path whose parts may be any text: one of dots alone would be another path (RFC 3986, 5.2.4), for `fetch` even if it is encoded (WHATWG URL, 4.1). */
// @__NO_SIDE_EFFECTS__
export function dotless(path: Path): Path {
  return (args, client) => {
    const text = path(args, client);
    return /\/\.\.?(\/|\?|$)/.test(text) ? fail(`a part of dots alone in ${text}`) : text;
  };
}

/** Adds pairs to the query. */
export const addQuery: Put = (draft, parts) => {
  for (const pair of parts) draft.path += (draft.path.includes('?') ? '&' : '?') + pair;
};

/** Adds pairs to the header of cookies. */
export const addCookies = ({ headers }: Draft, parts: readonly string[]): void => headers.set('cookie', [headers.get('cookie') ?? [], parts].flat().join('; '));

/** A parameter that is written where it is among the arguments. */
// @__NO_SIDE_EFFECTS__
export function parameter(argument: string, optional: boolean, write: (draft: Draft, value: unknown, client: Client) => void): Writer {
  return (draft, args, client) => {
    const value = (optional ? args[argument] : requiredArgument(args, argument)) ?? undefined;
    if (value !== undefined) write(draft, value, client);
  };
}

/** The text of a scalar. */
const textOf = (codec: AnyCodec, value: unknown): string => (codec as Scalar<unknown>).print(value);

/** A scalar in the path whose text is never encoded, as those of numbers. */
export function pathWord(args: Arguments, name: string, codec: AnyCodec): string {
  return (codec as Scalar<unknown>).print(args[name] ?? fail(`no argument ${name}`));
}

/** A scalar in the path; `inPath` takes any value. */
export function pathText(args: Arguments, name: string, codec: AnyCodec): string {
  return percent(pathWord(args, name, codec));
}

/** A scalar in the query; `inQuery` takes any value. */
// @__NO_SIDE_EFFECTS__
export function queryText(name: string, codec: AnyCodec, optional = false, argument: string = name): Writer {
  return parameter(argument, optional, (draft, value) => addQuery(draft, [`${percent(name)}=${percent(textOf(codec, value))}`]));
}

/** A scalar in a header; `inHeader` takes any value. */
// @__NO_SIDE_EFFECTS__
export function headerText(name: string, codec: AnyCodec, optional = false, argument: string = name): Writer {
  return parameter(argument, optional, (draft, value) => draft.headers.set(name, textOf(codec, value)));
}
