import { fail } from '../core/errors.js';
const excluded = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const references = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\t': '&#x9;', '\n': '&#xA;', '\r': '&#xD;' };
function carried(text) {
    return excluded.test(text) ? fail('a character that XML does not have') : text;
}
/** Text of an element, with ends of lines as they are written. */
export function escapeText(text, newline) {
    if (/^[\x20-%'-;=?-\uD7FF\uE000-\uFFFD\t]*$/.test(text))
        return text;
    const escaped = carried(text).replace(/[&<>]/g, (character) => references[character] ?? '');
    return newline === '\n' ? escaped.replace(/\r/g, '&#xD;') : escaped.replace(/\r\n?|\n/g, newline);
}
/** The value of an attribute, in quotes. */
export function quoteAttribute(text) {
    return `"${carried(text).replace(/[&<>"\t\n\r]/g, (character) => references[character] ?? '')}"`;
}
