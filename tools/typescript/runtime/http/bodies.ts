import { kept, namesOf, own, type AnyCodec, type Codec, type Fields, type Json } from '../core/codec.js';
import { resolved } from '../core/members.js';
import { isScalar, parseText } from '../core/parse.js';
import { writeFree } from '../core/quote.js';
import type { KeptMembers } from '../json/keep.js';
import { textOf } from './charset.js';
import { deepObject, jsonOf } from './deep.js';
import type { Body } from './model.js';
import { flat, formStyle, type Style } from './parameters.js';
import { percent } from './scalar.js';
import { pipeDelimited, spaceDelimited, tabDelimited } from './styles.js';
import { printed, textsOf, writerOf, type Texts } from './texts.js';

/** Octets that are sent. */
export type Upload = Blob | Uint8Array | ReadableStream<Uint8Array>;

/** Fields of a form without a description. */
export type FormFields = { [name: string]: Json | Blob };

/** A JSON body. */
// @__NO_SIDE_EFFECTS__
export function jsonBody<T>(codec: Codec<T>, mediaType?: string): Body {
  return { form: 'json', codec, mediaType };
}

/** An XML body. */
// @__NO_SIDE_EFFECTS__
export function xmlBody<T>(codec: Codec<T>, mediaType?: string): Body {
  return { form: 'xml', codec, mediaType };
}

/** Text; where a codec is given, that of a scalar. */
// @__NO_SIDE_EFFECTS__
export function plain(mediaType: string, codec?: AnyCodec): Body {
  return {
    form: 'own',
    mediaType,
    read: async (response) => {
      const text = await textOf(response);
      return codec === undefined ? text : (isScalar(resolved(codec)[0]) ? parseText(resolved(codec)[0], text) : text);
    },
    write: (value) => ({ body: codec === undefined ? String(value) : printed(codec, value), type: mediaType }),
  };
}

/** A body of parts that the document describes as a text or octets: it names the boundary that it begins with (RFC 2046, 5.1.1). */
// @__NO_SIDE_EFFECTS__
export function whole(body: Body): Body {
  return {
    ...body,
    write: (value, client) => {
      const written = body.write?.(value, client) ?? { body: null };
      const { body: sent, type } = written;
      const start = typeof sent === 'string' ? sent : sent instanceof Uint8Array ? new TextDecoder().decode(sent.subarray(0, 99)) : '';
      const [, boundary] = /^--([\w'()+,./:=? -]{0,69}[\w'()+,./:=?-])[ \t]*\r?\n/.exec(start) ?? [];
      return boundary === undefined || type === undefined || /;\s*boundary=/i.test(type) ? written : { ...written, type: `${type}; boundary="${boundary}"` };
    },
  };
}

/** Octets, whatever they are. */
// @__NO_SIDE_EFFECTS__
export function blob(mediaType: string): Body {
  return {
    form: 'own',
    mediaType,
    read: (response) => response.blob(),
    // A range (`image/*`) is no type that can be sent.
    write: (value) => ({ body: value as BodyInit, type: value instanceof Blob && value.type !== '' ? value.type : mediaType.includes('*') ? 'application/octet-stream' : mediaType }),
  };
}

/** How one part of a form is sent. */
export interface Part {
  readonly contentType?: string;
  /** Writes it where it is neither JSON nor a scalar, with code that no other form has: `toXml`, `delimited`. */
  readonly write?: (codec: AnyCodec, value: never, part: Part) => string;
  /** Parts of an object that has a style, with code that no other form has: `stylePairs`. */
  readonly split?: (name: string, codec: AnyCodec, value: object, part: Part) => readonly (readonly [name: string, text: string])[];
  readonly style?: string;
  readonly explode?: boolean;
  /** Encodes its text in a form of pairs, where reserved characters stay: `keepReserved`. */
  readonly encode?: (text: string) => string;
  /** What its value is where that says more than the form's type: lists in a list as texts. */
  readonly codec?: AnyCodec;
  /** Octets are text: the document says how they are encoded. */
  readonly encoded?: boolean;
  /** Headers that have one value only; `FormData` has none. */
  readonly headers?: Readonly<Record<string, string>>;
}

type Parts = Readonly<Record<string, Part>>;

function codecOf(codec: AnyCodec, name: string): AnyCodec {
  const [target] = resolved(codec);
  return target.members?.find((member) => member.name === name)?.codec ?? target.item ?? target.beyond?.further?.(name) ?? {};
}

/** What nobody describes is written as it came. */
const free: AnyCodec = { write: writeFree };

/** Fields that have a value, with their codecs; those that the type does not name come last. */
function fieldsOf(codec: AnyCodec, value: unknown, parts: Parts): readonly (readonly [name: string, value: unknown, codec: AnyCodec])[] {
  const writer = writerOf(codec, value as Fields);
  const filled = (resolved(codec)[0].fill?.(value, writer) ?? value) as Fields;
  const fields = writer.complete?.(filled) ?? filled;
  const unknown = (fields[kept] as { readonly json?: KeptMembers } | undefined)?.json ?? [];
  const all = namesOf(fields).map((name): readonly [string, unknown, AnyCodec] => [name, own(fields, name), parts[name]?.codec ?? codecOf(writer, name)]);
  const others = unknown.filter(([name]) => own(fields, name) === undefined).map(([name, json]) => [name, json, free] as const);
  return [...all, ...others].filter(([, field]) => field !== undefined && field !== null);
}

/** The media type of a part: the first of those that it may have. Of a range the value alone says which it is. */
const typeOf = ({ contentType = '*' }: Part): string | undefined => contentType.split(',').slice(0, 1).find((type) => !type.includes('*'))?.trim();

const isJson = (type: string | undefined): boolean => type !== undefined && /[/+.-]json\b/i.test(type);

const styles: Readonly<Record<string, Style>> = { spaceDelimited, pipeDelimited, tabDelimited, deepObject };

/** Whether a value is an object or list, and not a scalar that is an object in JavaScript. */
const hasParts = (codec: AnyCodec, value: unknown): boolean => typeof value === 'object' && resolved(codec)[0].print === undefined;

/** The texts of the items of a list; null is left out. */
function itemTexts(codec: AnyCodec, value: unknown): Texts {
  const there = (value as readonly unknown[]).filter((item) => (item ?? undefined) !== undefined);
  return there.map((item, index) => {
    const target = codec.item ?? codec.parts?.[index] ?? codec;
    return hasParts(target, item) ? jsonOf(target, item) : printed(target, item);
  });
}

function urlencoded(codec: AnyCodec, mediaType: string, parts: Parts): Body {
  const pairs = ([name, value, fieldCodec]: readonly [string, unknown, AnyCodec]): readonly string[] => {
    const { contentType, style, explode, write, encode = percent } = parts[name] ?? {};
    // A style that is said goes before a media type (OpenAPI 3.1.1, 4.8.15.1).
    if (write !== undefined && style === undefined) return [`${percent(name)}=${percent(write(fieldCodec, value as never, {}))}`];
    const [target] = resolved(fieldCodec);
    // An object of which the document says no style is JSON (OpenAPI 3.1.1, 4.8.15.1).
    const isObject = hasParts(target, value) && !Array.isArray(value) && style === undefined && explode === undefined;
    if (isObject || (isJson(contentType) && style === undefined)) return [`${percent(name)}=${encode(jsonOf(fieldCodec, value))}`];
    const written = styles[style ?? 'form'] ?? formStyle;
    // Within a list, what has parts is JSON, unless the style knows paths.
    const texts = written.texts ?? (Array.isArray(value) && hasParts(target, value) ? itemTexts : textsOf);
    return written(name, texts(target, value), explode ?? (style ?? 'form') === 'form', encode);
  };
  return {
    form: 'own',
    mediaType,
    write: (value) => ({ body: fieldsOf(codec, value, parts).flatMap(pairs).join('&').replaceAll('%20', '+'), type: mediaType }),
    read: async (response) => Object.fromEntries(new URLSearchParams(await response.text())),
  };
}

/** An urlencoded form; as the style of a parameter, `name=value` pairs. */
export const form: Style & ((codec: AnyCodec, mediaType: string, parts?: Parts) => Body) = /* @__PURE__ */ ((first: AnyCodec | string, second: never, third: never, fourth: never) =>
  typeof first === 'string' ? formStyle(first, second as Texts, third, fourth) : urlencoded(first, second, third ?? {})) as Style & ((codec: AnyCodec, mediaType: string, parts?: Parts) => Body);

/** What stands between the items of a list that is one text. */
const separators: Readonly<Record<string, string>> = { spaceDelimited: ' ', pipeDelimited: '|', tabDelimited: '\t' };

/** A part that is text though its value has several: they stand one behind the other, as in a header. */
export function delimited(codec: AnyCodec, value: unknown, { style = '', explode }: Part): string {
  // An object has no other text than JSON.
  if (style === '' && hasParts(codec, value) && !Array.isArray(value)) return jsonOf(codec, value);
  const texts = Array.isArray(value) && hasParts(codec, value) ? itemTexts(resolved(codec)[0], value) : textsOf(codec, value);
  return flat(texts, String, explode === true ? '=' : ',').join(separators[style] ?? ',');
}

/** The parts that an object with a style has: the pairs that a query would have (OpenAPI 3.1.1, 4.8.15.1.2), of which nothing is encoded. */
export function stylePairs(name: string, codec: AnyCodec, value: object, { style = 'form', explode }: Part): readonly (readonly [name: string, text: string])[] {
  const written = styles[style] ?? formStyle;
  const pairs = written(name, (written.texts ?? textsOf)(codec, value), explode === true, percent);
  return pairs.map((pair) => pair.split('=').map(decodeURIComponent) as [string, string]);
}

/** Where a part goes: text, with its type where it has one, or octets. */
type PutPart = (name: string, content: Blob | string, type?: string) => void;

/** A value as a part of its media type: scalars are text, objects are JSON, octets are what they are, where the document says nothing else. */
function addPart(name: string, codec: AnyCodec, value: unknown, part: Part, put: PutPart, isItem = false): void {
  const { style, explode, write, encoded, split } = part;
  const type = typeOf(part);
  const [target] = resolved(codec);
  // One JSON text holds a list, and one text with a style; of other types each item is a document.
  const isWhole = isItem || isJson(type) || (type === undefined && style !== undefined && explode === false);
  const isText = typeof value !== 'object' || target.print !== undefined;
  if (value instanceof Blob) put(name, type === undefined || value.type !== '' ? value : value.slice(0, value.size, type));
  else if (value instanceof Uint8Array && !encoded) put(name, new Blob([value as BlobPart], { type: type ?? 'application/octet-stream' }));
  else if (Array.isArray(value) && !isWhole && target.print === undefined) for (const item of value) item === null || addPart(name, target.item ?? {}, item, part, put);
  else if (split !== undefined && !isText && !Array.isArray(value)) for (const pair of split(name, codec, value as object, part)) put(...pair);
  else if (write !== undefined) put(name, write(codec, value as never, part), type);
  else if (isJson(type) || !isText) put(name, jsonOf(codec, value), type ?? 'application/json');
  else put(name, printed(codec, value), type);
}

/** Each field is a part, a list one for each item. */
function eachPart(codec: AnyCodec, value: unknown, parts: Parts, put: PutPart): void {
  for (const [name, field, fieldCodec] of fieldsOf(codec, value, parts)) addPart(name, fieldCodec, field, parts[name] ?? {}, put);
}

/** A form of parts. */
// @__NO_SIDE_EFFECTS__
export function multipart(codec: AnyCodec, mediaType: string, parts: Parts = {}): Body {
  return {
    form: 'own',
    mediaType,
    write: (value) => {
      const data = new FormData();
      // `FormData` gives a text with a media type a file name.
      eachPart(codec, value, parts, (name, content, type) => (typeof content === 'string' && type !== undefined ? data.append(name, new Blob([content], { type }), name) : data.append(name, content)));
      // `fetch` writes the type with its boundary.
      return { body: data };
    },
    read: (response) => response.formData(),
  };
}

/** Parts that are no form (`multipart/mixed`, `multipart/related`): `fetch` writes forms alone. Members have their names (OpenAPI 3.1.1, 4.8.14.5), items none. */
// @__NO_SIDE_EFFECTS__
export function mixed(codec: AnyCodec, mediaType: string, parts: Parts = {}): Body {
  return {
    form: 'own',
    mediaType,
    write: (value) => {
      const boundary = crypto.randomUUID();
      const pieces: BlobPart[] = [];
      const put: PutPart = (name, content, type) => {
        const isText = typeof content === 'string';
        // As in forms (WHATWG HTML, 4.10.21.8), a name's quotes and ends of lines are encoded.
        const quoted = (text: string): string => `"${text.replace(/["\r\n]/g, encodeURIComponent)}"`;
        const file = isText ? undefined : content instanceof File ? content.name : name;
        const disposition = [Array.isArray(value) ? 'attachment' : `form-data; name=${quoted(name)}`, ...(file ? [`filename=${quoted(file)}`] : [])];
        const heads = Object.entries({
          ...(Array.isArray(value) && !file ? {} : { 'Content-Disposition': disposition.join('; ') }),
          ...(isText && type === undefined ? {} : { 'Content-Type': isText ? type : content.type || 'application/octet-stream' }),
          ...parts[name]?.headers,
        });
        pieces.push(`--${boundary}\r\n${heads.map(([head, text]) => `${head}: ${text}\r\n`).join('')}\r\n`, content, '\r\n');
      };
      // Items are parts without names (OpenAPI 3.2.0, "Encoding By Position").
      if (Array.isArray(value)) for (const item of value) addPart('', resolved(codec)[0].item ?? {}, item, {}, put, true);
      else eachPart(codec, value, parts, put);
      return { body: new Blob([...pieces, `--${boundary}--\r\n`]), type: `${mediaType.split(';')[0]}; boundary=${boundary}` };
    },
    read: (response) => response.blob(),
  };
}
