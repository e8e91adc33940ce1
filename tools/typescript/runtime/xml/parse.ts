import { fail } from '../core/errors.js';
import { reading as state } from '../core/reading.js';
import { type XmlAttribute, type XmlElement } from './model.js';

/** Where reading stops; absent: 128 elements, 2^28 characters, 256 attributes. */
export interface XmlLimits {
  /** Elements within each other. */
  readonly depth: number;
  /** Characters of a document. */
  readonly size: number;
  /** Attributes and declarations of one element. */
  readonly attributes: number;
}

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';
/**
 * What is no qualified name (XML 1.0, 2.3; Namespaces, 4): a part that is empty or begins with what may only follow, a
 * second colon, a character that no name has.
 */
const misnamed = /(^|:)([-.\d\xB7\u0300-\u036F\u203F\u2040:]|$)|:.*:|[\0-,/;-@[-^`{-\xB6\xB8-\xBF\xD7\xF7\u037E\u2000-\u200B\u200E-\u203E\u2041-\u206F\u2190-\u2BFF\u2FF0-\u3000\uE000-\uF8FF\uFDD0-\uFDEF\u{F0000}-\u{10FFFF}]/u;
/** A text, and behind it an end tag, a comment, a CDATA section, a processing instruction, or what a start tag begins with. */
const token = /([^<]*)(?:$|<(?:\/([^\s>]+)[ \t\n]*>|!--[^]*?--(>?)|!\[CDATA(\[[^]*?)]]>|\?(\S+?)(?:[ \t\n][^]*?)?\?>|([^\s/>]+)))/y;
/** The end of a start tag, or an attribute. */
const attribute = /[ \t\n]*(\/?)>|[ \t\n]+([^\s=]+)[ \t\n]*=[ \t\n]*(["'])([^<]*?)\3/y;
const declaration = /^<\?xml[ \t\n]+version[ \t\n]*=[ \t\n]*(["'])1\.\d+\1(?:[ \t\n]+encoding[ \t\n]*=[ \t\n]*(["'])([A-Za-z][\w.-]*)\2)?(?:[ \t\n]+standalone[ \t\n]*=[ \t\n]*(["'])(?:yes|no)\4)?[ \t\n]*\?>/;
const excluded = /[\0-\x08\v\f\x0E-\x1F\uFFFE\uFFFF\p{Cs}]/u;

const none: readonly XmlAttribute[] = [];

/** An element that is not closed yet. */
export interface OpenElement extends XmlElement {
  readonly raw: string;
  readonly children: (XmlElement | string)[];
  cdata?: string;
}

// The document that is being parsed. Parsing never waits, so that one at a time is enough.
let source = '';
let position = 0;
/** The names that were met, each in its two parts. */
let names: Map<string, QualifiedName>;

/** A qualified name in its two parts, and the end tag of an element that has it, where that is known. */
type QualifiedName = readonly [prefix: string, local: string, end?: string];

/** Not well-formed here, by the number of the character. */
function malformed(): never {
  return fail(`no XML at ${position}`);
}

/** Matches at the position, and goes behind the match. */
function take(expression: RegExp): RegExpExecArray {
  expression.lastIndex = position;
  const match = expression.exec(source) ?? malformed();
  position = expression.lastIndex;
  return match;
}

/** The characters that references stand for. */
export function unescape(text: string): string {
  return text.replace(/&(?:#(x[\da-fA-F]+|\d+);|(\w+);)?/g, (_, code?: string, name?: string) => {
        const point = code ? +`0${code}` : ({ amp: 38, lt: 60, gt: 62, quot: 34, apos: 39 } as Record<string, number>)[name as string];
        const character = (point as number) <= 0x10ffff ? String.fromCodePoint(point as number) : '\0';
        return excluded.test(character) ? malformed() : character;
      });
}

/** The parts of a name. */
function split(raw: string): QualifiedName {
  let parts = names.get(raw);
  if (!parts) {
    if (misnamed.test(raw)) malformed();
    const [local, prefix = ''] = raw.split(':').reverse() as [string, string?];
    names.set(raw, (parts = [prefix, local]));
  }
  return parts;
}

/** The element whose name stands before the position (Namespaces in XML 1.0, 3 to 6), and whether it has no end tag. */
function element(raw: string, { scope, children }: OpenElement, most: number): OpenElement | undefined {
  const attributes: { namespace: string; readonly name: string; readonly value: string }[] = [];
  const unique = new Set<string>();
  let count = 0;
  let match;
  while ((match = take(attribute))[1] === undefined) {
    const key = match[2] as string;
    const [prefix, name] = split(key);
    const value = unescape((match[4] as string).replace(/[\t\n]/g, ' '));
    unique.add(key);
    if (++count > most || scope.size > most) malformed();
    if ((prefix || name) === 'xmlns') {
      const bound = prefix && name;
      if ((value === xmlNamespace) !== (bound === 'xml') || value === 'http://www.w3.org/2000/xmlns/' || bound === 'xmlns' || (!value && bound)) malformed();
      scope = new Map(scope).set(bound, value);
    } else attributes.push({ namespace: prefix, name, value });
  }
  for (const attribute of attributes) {
    attribute.namespace &&= scope.get(attribute.namespace) ?? malformed();
    unique.add(`${attribute.namespace} ${attribute.name}`);
  }
  const [prefix, name] = split(raw);
  // No declaration binds `xmlns`.
  const child: OpenElement = { raw, namespace: scope.get(prefix) ?? malformed(), name, scope, attributes, children: [] };
  children.push(unique.size < count + attributes.length ? malformed() : child);
  return match[1] ? undefined : child;
}

/** Nearly all elements: a name that was met, no attributes, and a text; false where the next one is another. */
export function leaf(parent: OpenElement): boolean {
  const start = source.indexOf('<', position);
  const open = source.indexOf('>', start);
  const raw = source.slice(start + 1, open);
  const known = names.get(raw);
  if (known === undefined || known[0] === 'xmlns') return false;
  const prefix = known[0];
  const name = known[1];
  const end = known[2] ?? `</${raw}>`;
  if (known[2] === undefined) names.set(raw, [prefix, name, end]);
  const close = source.indexOf('<', open);
  if (!source.startsWith(end, close)) return false;
  const before = source.slice(position, start);
  const text = source.slice(open + 1, close);
  if (before.includes(']]>') || text.includes(']]>')) return false;
  if (before !== '') parent.children.push(unescape(before));
  const { scope } = parent;
  parent.children.push({ raw, namespace: scope.get(prefix) ?? malformed(), name, scope, attributes: none, children: text === '' ? [] : [unescape(text)] } as OpenElement);
  position = close + end.length;
  return true;
}

/**
 * Parses the text of an XML document (1.0, fifth edition, with namespaces), which may say that it was in one of some
 * encodings. Throws `DataError` for one that is not well-formed, or goes beyond what `XmlLimits` says.
 */
export function parseDocument(document: string, encodings: RegExp = /^(utf-?8|us-ascii)$/i, depth: number = 128, size: number = 1 << 28, attributes: number = 256): OpenElement {
  position = 0;
  names = new Map();
  const top = { scope: new Map([['xml', xmlNamespace], ['', '']]), children: [] as OpenElement[] } as Pick<OpenElement, 'scope' | 'children'> as OpenElement;
  const open = [top];
  try {
    source = document.replace(/\r\n?/g, '\n');
    if (source.length > size || excluded.test(source)) malformed();
    const [whole = '', , , encoding = 'utf8'] = declaration.exec(source) ?? [];
    if (!encodings.test(encoding)) fail(`${encoding}: use xml`);
    position = whole.length;
    while (position < source.length) {
      const parent = open.at(-1) as OpenElement;
      const isWithin = open[1];
      if (isWithin && state.leaf?.(parent)) continue;
      const [, text, end, dashes, cdata = '', target, raw] = take(token) as unknown as [string, string, ...(string | undefined)[]];
      if (dashes === '' || (isWithin ? text.includes(']]>') : /[^ \t\n]/.test(text + cdata) || (raw && top.children[0])) || (target && (split(target)[0] || /^xml$/i.test(target)))) malformed();
      if (text && isWithin) parent.children.push(unescape(text));
      if (cdata) {
        parent.children.push(cdata.slice(1));
        parent.cdata = (parent.cdata ?? '') + cdata.slice(1);
      }
      if (end && end !== (open.pop() as OpenElement).raw) malformed();
      if (raw) {
        const child = element(raw, parent, attributes);
        if (child && open.push(child) > depth + 1) fail(`deeper than ${depth}`);
      }
    }
    return (!open[1] && (top.children[0] as OpenElement)) || malformed();
  } finally {
    source = '';
  }
}
