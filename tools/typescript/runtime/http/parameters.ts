import type { AnyCodec } from '../core/codec.js';
import { fail } from '../core/errors.js';
import type { Arguments, Client, Writer } from './model.js';
import { addCookies, addQuery, requiredArgument, parameter, percent, type Put } from './scalar.js';
import { isNamed, textsOf, type Texts } from './texts.js';

/** How a value becomes text (OpenAPI 3.1.1, 4.8.12); `encode` percent-encodes a part. */
export interface Style {
  (name: string, texts: Texts, explode: boolean, encode: (text: string) => string): readonly string[];
  /** What the parts of a value are, where not those of `textsOf`. */
  readonly texts?: typeof textsOf;
}

/** What is said of a parameter. */
export interface ParameterOptions {
  readonly optional?: boolean;
  readonly style?: Style;
  readonly explode?: boolean;
  /** Reserved characters are not encoded. */
  readonly reserved?: boolean;
  /** The name in the arguments. */
  readonly argument?: string;
  /** A media type: the value is a document of it. */
  readonly content?: string;
}

/** Reserved characters stay, and what is encoded already; but `#`, which would end the URL, does not. */
export function keepReserved(text: string): string {
  return encodeURI(text).replace(/%25([\dA-Fa-f]{2})/g, '%$1').replace(/%5[BD]/gi, decodeURIComponent).replaceAll('#', '%23');
}

/** All parts in one list, names before their values. */
export function flat(texts: Texts, encode: (text: string) => string, equals = ','): string[] {
  if (isNamed(texts)) return texts.flatMap(([name, text]) => (equals === ',' ? [encode(name), encode(text)] : [encode(name) + equals + encode(text)]));
  return ([texts].flat() as string[]).map(encode);
}

/** Parts with commas between. */
export const simple: Style = (_, texts, explode, encode) => [flat(texts, encode, explode ? '=' : ',').join(',')];

/** `name=value` pairs. */
export const formStyle: Style = (name, texts, explode, encode) => {
  if (typeof texts !== 'string' && texts.length === 0) return [];
  if (explode && isNamed(texts)) return flat(texts, encode, '=');
  const parts = flat(texts, encode);
  return (explode ? parts : [parts.join(',')]).map((text) => `${percent(name)}=${text}`);
};

function documented(codec: AnyCodec, value: unknown, client: Client, mediaType: string): string {
  const format = client.formats.find((candidate) => mediaType.includes(candidate.kind) && candidate.write !== undefined);
  return format?.write?.(codec, value) ?? fail(`no format for ${mediaType}`);
}

/** The parts of a value, as its style has them. */
function partsOf(name: string, texts: Texts, options: ParameterOptions, style: Style, exploded: boolean, encode: (text: string) => string): readonly string[] {
  return (options.style ?? style)(name, texts, options.explode ?? (options.style === undefined && exploded), options.reserved === true ? keepReserved : encode);
}

// @__NO_SIDE_EFFECTS__
function styled(name: string, codec: AnyCodec, options: ParameterOptions, style: Style, exploded: boolean, put: Put, encode = percent): Writer {
  return parameter(options.argument ?? name, options.optional === true, (draft, value, client) => {
    const texts = options.content === undefined ? (options.style?.texts ?? textsOf)(codec, value) : documented(codec, value, client, options.content);
    put(draft, partsOf(name, texts, options, style, exploded, encode), name);
  });
}

/** The text of a parameter in the path; `client` is needed where it is a document (`content`). */
export function inPath(args: Arguments, name: string, codec: AnyCodec, options: ParameterOptions = {}, client?: Client): string {
  const value = requiredArgument(args, options.argument ?? name);
  const texts = options.content === undefined || client === undefined ? textsOf(codec, value) : documented(codec, value, client, options.content);
  return partsOf(name, texts, options, simple, false, percent).join('').replaceAll('?', '%3F');
}

/** A parameter in the query. */
// @__NO_SIDE_EFFECTS__
export function inQuery(name: string, codec: AnyCodec, options: ParameterOptions = {}): Writer {
  return styled(name, codec, options, formStyle, true, addQuery);
}

/** The whole query string. */
// @__NO_SIDE_EFFECTS__
export function asQuery(name: string, codec: AnyCodec, options: ParameterOptions = {}): Writer {
  return inQuery(name, codec, options);
}

/** A parameter in a header. */
// @__NO_SIDE_EFFECTS__
export function inHeader(name: string, codec: AnyCodec, options: ParameterOptions = {}): Writer {
  return styled(name, codec, options, simple, false, (draft, [text = '']) => draft.headers.set(name, text), (text) => text);
}

/** A parameter in a cookie; browsers send their own. */
// @__NO_SIDE_EFFECTS__
export function inCookie(name: string, codec: AnyCodec, options: ParameterOptions = {}): Writer {
  return styled(name, codec, options, formStyle, true, addCookies);
}
