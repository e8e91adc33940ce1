import { fail } from '../core/errors.js';

const excluded = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const references: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\t': '&#x9;', '\n': '&#xA;', '\r': '&#xD;' };

function carried(text: string): string {
  return excluded.test(text) ? fail('a character that XML does not have') : text;
}

/** Text of an element, with ends of lines as they are written. */
export function escapeText(text: string, newline: string): string {
  if (/^[\x20-%'-;=?-\uD7FF\uE000-\uFFFD\t]*$/.test(text)) return text;
  const escaped = carried(text).replace(/[&<>]/g, (character) => references[character] ?? '');
  return newline === '\n' ? escaped.replace(/\r/g, '&#xD;') : escaped.replace(/\r\n?|\n/g, newline);
}

/** The value of an attribute, in quotes. */
export function quoteAttribute(text: string): string {
  return `"${carried(text).replace(/[&<>"\t\n\r]/g, (character) => references[character] ?? '')}"`;
}
