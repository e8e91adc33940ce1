import type { AnyCodec, Codec, Json, Scalar } from '../core/codec.js';
import { fail } from '../core/errors.js';
import { parseText } from '../core/parse.js';

/** The text of a JSON string. */
export function textOf(json: Json | undefined): string {
  return typeof json === 'string' ? json : fail('expected a string');
}

/** A text that is kept as it is, if it fits. */
// @__NO_SIDE_EFFECTS__
export function texts(check: (text: string) => string): Scalar<string> {
  const read = (json: Json): string => check(textOf(json));
  return { read, print: read, quoted: true };
}

/** A text that matches an expression. */
// @__NO_SIDE_EFFECTS__
export function matching(expression: RegExp, what: string): Scalar<string> {
  return texts((text) => (expression.test(text) ? text : fail(`expected ${what}`)));
}

/** Any text. */
export const string: Scalar<string> = { read: textOf, print: textOf, quoted: true, plain: true };

export const boolean: Scalar<boolean> = {
  read: (json) => (typeof json === 'boolean' ? json : fail('expected a boolean')),
  parse: (word) => word === 'true' || word === '1' || (word === 'false' || word === '0' ? false : fail('expected true or false')),
  print: (value) => String(boolean.read(value)),
};

export const uuid: Scalar<string> = /* @__PURE__ */ texts((text) => (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text) ? text.toLowerCase() : fail('expected a UUID')));

/** A duration of XML Schema (ISO 8601). */
export const duration: Scalar<string> = /* @__PURE__ */ matching(/^-?P(?!$)(\d+Y)?(\d+M)?(\d+D)?(T(?!$)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/, 'a duration');

/** The first codec in JSON, the second one in XML; both have the same values. */
// @__NO_SIDE_EFFECTS__
export function inXml<T>(json: Codec<T>, xml: AnyCodec): Codec<T> {
  return { read: json.read, write: (value: T, write) => write(json, value), parse: (text) => parseText(xml, text), raw: true, print: xml.print, plain: xml.plain, kind: xml.kind };
}
