import { fail } from '../core/errors.js';
import { type Scope, type XmlAttribute, type XmlElement } from './model.js';

/** Where reading stops. */
export interface XmlLimits {
  /** Elements within each other. */
  readonly depth: number;
  /** Characters of a document. */
  readonly size: number;
  /** Attributes and declarations of one element. */
  readonly attributes: number;
}

export const limits: XmlLimits = { depth: 128, size: 1 << 28, attributes: 256 };

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';
const nameStart = ':A-Z_a-z\xC0-\xD6\xD8-\xF6\xF8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}';
const nameText = /* @__PURE__ */ new RegExp(`^[${nameStart}][${nameStart}\\-.\\d\xB7\u0300-\u036F\u203F\u2040]*$`, 'u');
const tag = /<([^\s<>/="'&!?]+)(?:[ \t\n]*(\/?)>)?/y;
const attribute = /[ \t\n]+([^\s<>/="'&]+)[ \t\n]*=[ \t\n]*(?:"([^"<]*)"|'([^'<]*)')/y;
const tagEnd = /[ \t\n]*(\/?)>/y;
const declaration = /^<\?xml[ \t\n]+version[ \t\n]*=[ \t\n]*(["'])1\.\d+\1([ \t\n]+encoding[ \t\n]*=[ \t\n]*(["'])[A-Za-z][\w.-]*\3)?([ \t\n]+standalone[ \t\n]*=[ \t\n]*(["'])(yes|no)\5)?[ \t\n]*\?>/;
const excluded = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const entities = ['amp&', 'lt<', 'gt>', 'quot"', "apos'"];

/** An element that is not closed yet. */
export interface OpenElement extends XmlElement {
  readonly raw: string;
  readonly children: (XmlElement | string)[];
  cdata: string | undefined;
}

// The document that is being parsed. Parsing never waits, so that one at a time is enough.
let source = '';
let position = 0;
let bounds: XmlLimits = limits;
/** The names that were met. */
let names: Map<string, QualifiedName> = new Map();

/** A qualified name in its two parts, and the end tag of an element that has it. */
interface QualifiedName {
  readonly prefix: string;
  readonly local: string;
  readonly end: string;
}

const none: readonly XmlAttribute[] = [];

/** Not well-formed here. */
function malformed(): never {
  return fail(`no XML at character ${position}`);
}

/** Matches at the position, and goes behind the match. */
function take(expression: RegExp): RegExpExecArray | null {
  expression.lastIndex = position;
  const match = expression.exec(source);
  if (match !== null) position = expression.lastIndex;
  return match;
}

/** The text up to a mark, which begins at or behind `start`; the position goes behind the mark. */
function until(mark: string, start: number): string {
  const end = source.indexOf(mark, start);
  if (end < 0) malformed();
  position = end + mark.length;
  return source.slice(start, end);
}

/** The characters that references stand for. */
export function unescape(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(?:x([\da-fA-F]+)|(\d+));|([^;&]*);)?/g, (_, hex?: string, digits?: string, name?: string) => {
    const code = hex !== undefined ? parseInt(hex, 16) : Number(digits);
    const character = name !== undefined ? entities.find((one) => one.slice(0, -1) === name)?.at(-1) : code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
    return character === undefined || excluded.test(character) ? malformed() : character;
  });
}

/** The parts of a name. */
function split(raw: string): QualifiedName {
  let parts = names.get(raw);
  if (!parts) {
    const colon = raw.indexOf(':');
    parts = { prefix: raw.slice(0, Math.max(colon, 0)), local: raw.slice(colon + 1), end: `</${raw}>` };
    if (!colon || parts.local.includes(':') || !nameText.test(raw) || !nameText.test(parts.local)) malformed();
    names.set(raw, parts);
  }
  return parts;
}

/** Text beside text is one text. */
function add(parent: OpenElement, text: string): void {
  const { children } = parent;
  const last = children.length - 1;
  const before = children[last];
  if (typeof before === 'string') children[last] = before + text;
  else children.push(text);
}

/** A comment, a CDATA section or a processing instruction. A document type declaration is refused. */
function special(parent: OpenElement, isRoot: boolean): void {
  if (source.startsWith('<!--', position)) {
    until('--', position + 4);
    if (source[position++] !== '>') malformed();
  } else if (source.startsWith('<![CDATA[', position) && !isRoot) {
    const text = until(']]>', position + 9);
    add(parent, text);
    parent.cdata = (parent.cdata ?? '') + text;
  } else if (source[position + 1] === '?') {
    const target = /^[^ \t\n]*/.exec(until('?>', position + 2))?.[0] ?? '';
    if (!nameText.test(target) || target.includes(':') || target.toLowerCase() === 'xml') malformed();
  } else malformed();
}

/** The namespace of a prefix. */
function namespaceOf(scope: Scope, prefix: string): string {
  return scope.get(prefix) ?? (prefix === '' ? '' : malformed());
}

/** The element whose start tag is at the position (Namespaces in XML 1.0, 3 to 6); its parent if it is empty. */
function element(parent: OpenElement): OpenElement {
  const [, raw = '', end] = take(tag) ?? malformed();
  const { prefix, local: name } = split(raw);
  let { scope } = parent;
  let close = end;
  let attributes = none;
  if (close === undefined) {
    const pairs = new Map<string, string>();
    for (let match = take(attribute); match; match = take(attribute)) {
      const [, key = '', double, single = ''] = match;
      if (pairs.has(key) || pairs.size >= bounds.attributes) malformed();
      pairs.set(key, unescape((double ?? single).replace(/[\t\n]/g, ' ')));
    }
    [, close] = take(tagEnd) ?? malformed();
    const others = [...pairs].filter(([key, uri]) => {
      const { prefix: first, local } = split(key);
      const bound = first === 'xmlns' ? local : '';
      if (!bound && key !== 'xmlns') return true;
      if ((uri === xmlNamespace) !== (bound === 'xml') || uri === 'http://www.w3.org/2000/xmlns/' || bound === 'xmlns' || (!uri && bound)) malformed();
      scope = new Map(scope).set(bound, uri);
      return false;
    });
    attributes = others.map(([key, value]) => {
      const { prefix: first, local } = split(key);
      return { namespace: first && namespaceOf(scope, first), name: local, value };
    });
    if (scope.size > bounds.attributes || new Set(attributes.map((one) => `${one.namespace} ${one.name}`)).size < attributes.length) malformed();
  }
  const child: OpenElement = { raw, namespace: prefix === 'xmlns' ? malformed() : namespaceOf(scope, prefix), name, scope, attributes, children: [], cdata: undefined };
  parent.children.push(child);
  return close ? parent : child;
}

/** Reads nearly all elements faster; who reads many documents sets it: `leaf`. */
export const parsing: { leaf: typeof leaf | undefined } = { leaf: undefined };

/** Nearly all elements: a known name, no attributes, and a text; false where it is another one. */
export function leaf(parent: OpenElement): boolean {
  const open = source.indexOf('>', position);
  const raw = source.slice(position + 1, open);
  const parts = names.get(raw);
  if (parts === undefined || parts.prefix === 'xmlns') return false;
  const close = source.indexOf('<', open);
  if (!source.startsWith(parts.end, close)) return false;
  const text = source.slice(open + 1, close);
  if (text.includes(']]>')) return false;
  const { scope } = parent;
  parent.children.push({ raw, namespace: namespaceOf(scope, parts.prefix), name: parts.local, scope, attributes: none, children: text === '' ? [] : [unescape(text)], cdata: undefined } as OpenElement);
  position = close + parts.end.length;
  return true;
}

/** The root element of the document. */
function root(): XmlElement {
  const top: OpenElement = { raw: '', namespace: '', name: '', scope: new Map([['xml', xmlNamespace]]), attributes: none, children: [], cdata: undefined };
  const open = [top];
  let parent = top;
  while (position < source.length) {
    const at = source.indexOf('<', position);
    const text = source.slice(position, at < 0 ? source.length : at);
    if (text !== '') {
      if (parent === top ? /[^ \t\n]/.test(text) : text.includes(']]>')) malformed();
      if (parent !== top) add(parent, unescape(text));
    }
    if (at < 0) break;
    position = at;
    const next = source[at + 1];
    if (next === '/') {
      const name = until('>', at + 2);
      if ((name !== parent.raw && (!name.startsWith(parent.raw) || /[^ \t\n]/.test(name.slice(parent.raw.length)))) || parent === top) malformed();
      open.pop();
      parent = open[open.length - 1] ?? top;
    } else if (next === '!' || next === '?') special(parent, parent === top);
    else if (parent === top || !parsing.leaf?.(parent)) {
      if (parent === top && top.children.length > 0) malformed();
      const child = element(parent);
      if (child !== parent && open.push(child) > bounds.depth + 1) fail(`more than ${bounds.depth} elements within each other`);
      parent = child;
    }
  }
  const [first] = top.children;
  return first === undefined || typeof first === 'string' || parent !== top ? malformed() : first;
}

/** The text of a document (XML 1.0, 4.3.3 and F): a byte order mark, else the declaration, else UTF-8. */
export function decodeXml(document: string | Uint8Array): string {
  if (typeof document === 'string') return document;
  const [first, second] = document;
  const head = String.fromCharCode(...document.subarray(0, 400)).replaceAll('\0', '');
  // A mark of the byte order, or zeros beside the first characters, which are of ASCII.
  const bytes = first === 0 || first === 0xfe ? 'utf-16be' : second === 0 || first === 0xff ? 'utf-16le' : first === 0xef ? 'utf-8' : undefined;
  const declared = /^[^<]*<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)/.exec(head)?.[1]?.toLowerCase();
  const label = bytes ?? declared ?? 'utf-8';
  // What the bytes say and what is declared have to agree (XML 1.0, 4.3.3).
  if (!label.startsWith(declared?.replace(/^utf8$/, 'utf-8') ?? '')) fail(`${label} that says to be ${declared}`);
  try {
    return new TextDecoder(label, { fatal: true }).decode(document);
  } catch {
    return fail(`not ${label}`);
  }
}

/** Parses an XML document (1.0, fifth edition, with namespaces). Throws `DataError` for one that is not well-formed. */
export function parseXml(document: string | Uint8Array, within: XmlLimits = limits): XmlElement {
  source = decodeXml(document).replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  position = 0;
  bounds = within;
  names = new Map();
  if (source.length > bounds.size || excluded.test(source)) malformed();
  if (/^<\?xml[ \t\n]/.test(source)) position = (declaration.exec(source) ?? malformed())[0].length;
  try {
    return root();
  } finally {
    source = '';
  }
}
