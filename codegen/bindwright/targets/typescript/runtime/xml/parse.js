import { decode } from '../core/decode.js';
import { fail } from '../core/errors.js';
import {} from './model.js';
const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';
/**
 * What is no qualified name (XML 1.0, 2.3; Namespaces, 4): a part that is empty or begins with what may only follow, a
 * second colon, a character that no name has.
 */
const misnamed = /(^|:)([-.\d\xB7\u0300-\u036F\u203F\u2040:]|$)|:.*:|[\0-,/;-@[-^`{-\xB6\xB8-\xBF\xD7\xF7\u037E\u2000-\u200B\u200E-\u203E\u2041-\u206F\u2190-\u2BFF\u2FF0-\u3000\uE000-\uF8FF\uFDD0-\uFDEF\u{F0000}-\u{10FFFF}]/u;
/** A text, and behind it an end tag, a comment, a CDATA section, a processing instruction, or what a start tag begins with. */
const token = /([^<]*)(?:<(?:\/([^<>\s]+)[ \t\n]*>|!--[^]*?--(>?)|!\[CDATA\[([^]*?)]]>|\?(\S+?)(?:[ \t\n][^]*?)?\?>|([^\s<>/="'&!?]+)))?/y;
/** The end of a start tag, or an attribute. */
const attribute = /[ \t\n]*(\/?)>|[ \t\n]+([^\s<>/="'&]+)[ \t\n]*=[ \t\n]*(?:"([^"<]*)"|'([^'<]*)')/y;
const declaration = /<\?xml[ \t\n]+version[ \t\n]*=[ \t\n]*(["'])1\.\d+\1([ \t\n]+encoding[ \t\n]*=[ \t\n]*(["'])([A-Za-z][\w.-]*)\3)?([ \t\n]+standalone[ \t\n]*=[ \t\n]*(["'])(yes|no)\6)?[ \t\n]*\?>/y;
const excluded = /[\0-\x08\v\f\x0E-\x1F\uD800-\uDFFF\uFFFE\uFFFF]/u;
const none = [];
// The document that is being parsed. Parsing never waits, so that one at a time is enough.
let source = '';
let position = 0;
/** The names that were met, each in its two parts. */
let names = new Map();
/** Not well-formed here. */
function malformed() {
    return fail(`no XML at character ${position}`);
}
/** Matches at the position, and goes behind the match. */
function take(expression) {
    expression.lastIndex = position;
    const match = expression.exec(source) ?? malformed();
    position = expression.lastIndex;
    return match;
}
/** The characters that references stand for. */
export function unescape(text) {
    return text.includes('&')
        ? text.replace(/&(?:#(x[\da-fA-F]+|\d+);|(\w+);)?/g, (_, code, name) => {
            const character = code ? +`0${code}` <= 0x10ffff && String.fromCodePoint(+`0${code}`) : '&<>"\''[['amp', 'lt', 'gt', 'quot', 'apos'].indexOf(`${name}`)];
            return !character || excluded.test(character) ? malformed() : character;
        })
        : text;
}
/** The parts of a name. */
function split(raw) {
    let parts = names.get(raw);
    if (!parts) {
        if (misnamed.test(raw))
            malformed();
        const [local, prefix = ''] = raw.split(':').reverse();
        names.set(raw, (parts = [prefix, local]));
    }
    return parts;
}
/** Text beside text is one text. */
function add({ children }, text) {
    const last = children.length - 1;
    if (typeof children[last] === 'string')
        children[last] += text;
    else
        children.push(text);
}
/** The namespace of a prefix. */
function namespaceOf(scope, prefix) {
    return scope.get(prefix) ?? malformed();
}
/** The element whose name stands before the position (Namespaces in XML 1.0, 3 to 6), and whether it has no end tag. */
function element(raw, outer, most) {
    let scope = outer;
    const attributes = [];
    const unique = new Set();
    let match = take(attribute);
    for (; match[1] === undefined; match = take(attribute)) {
        const key = match[2];
        const [prefix, name] = split(key);
        const value = unescape((match[3] ?? match[4]).replace(/[\t\n]/g, ' '));
        if (unique.has(key) || unique.size >= most || scope.size > most)
            malformed();
        unique.add(key);
        if (prefix === 'xmlns' || key === 'xmlns') {
            const bound = prefix && name;
            if ((value === xmlNamespace) !== (bound === 'xml') || value === 'http://www.w3.org/2000/xmlns/' || bound === 'xmlns' || (!value && bound))
                malformed();
            scope = new Map(scope).set(bound, value);
        }
        else
            attributes.push({ namespace: prefix, name, value });
    }
    const count = unique.size + attributes.length;
    for (const one of attributes) {
        one.namespace &&= namespaceOf(scope, one.namespace);
        unique.add(`${one.namespace} ${one.name}`);
    }
    const [prefix, name] = split(raw);
    if (prefix === 'xmlns' || unique.size < count)
        malformed();
    return [{ raw, namespace: namespaceOf(scope, prefix), name, scope, attributes, children: [] }, !!match[1]];
}
/** Reads nearly all elements faster; who reads many documents sets it: `leaf`. */
export const parsing = {};
/** Nearly all elements: a name that was met, no attributes, and a text; false where the next one is another. */
export function leaf(parent) {
    const start = source.indexOf('<', position);
    const open = source.indexOf('>', start);
    const raw = source.slice(start + 1, open);
    const known = names.get(raw);
    if (known === undefined || known[0] === 'xmlns')
        return false;
    const prefix = known[0];
    const name = known[1];
    const end = known[2] ?? `</${raw}>`;
    if (known[2] === undefined)
        names.set(raw, [prefix, name, end]);
    const close = source.indexOf('<', open);
    if (!source.startsWith(end, close))
        return false;
    const before = source.slice(position, start);
    const text = source.slice(open + 1, close);
    if (before.includes(']]>') || text.includes(']]>'))
        return false;
    if (before !== '')
        add(parent, unescape(before));
    const { scope } = parent;
    parent.children.push({ raw, namespace: namespaceOf(scope, prefix), name, scope, attributes: none, children: text === '' ? [] : [unescape(text)] });
    position = close + end.length;
    return true;
}
/**
 * Parses the text of an XML document (1.0, fifth edition, with namespaces), or its octets in UTF-8. Throws `DataError` for
 * one that is not well-formed, or goes beyond what `XmlLimits` says.
 */
export function parseDocument(document, depth = 128, size = 1 << 28, attributes = 256) {
    position = 0;
    names = new Map();
    const top = { scope: new Map([['xml', xmlNamespace], ['', '']]), children: [] };
    const open = [top];
    let parent = top;
    try {
        source = (typeof document === 'string' ? document : decode(document)).replace(/\r\n?/g, '\n');
        if (source.length > size || excluded.test(source))
            malformed();
        if (/^<\?xml[ \t\n]/.test(source)) {
            const encoding = take(declaration)[4];
            if (typeof document !== 'string' && encoding && !/^(utf-?8|us-ascii)$/i.test(encoding))
                fail(`${encoding}: use the format xml`);
        }
        while (position < source.length) {
            const before = position;
            if (parent !== top && parsing.leaf?.(parent))
                continue;
            const [, text = '', end, dashes, cdata, target, raw] = take(token);
            const isTop = parent === top;
            if (position === before || dashes === '' || (isTop ? cdata !== undefined || /[^ \t\n]/.test(text) || (raw && top.children[0]) : text.includes(']]>')) || (target && (split(target)[0] || /^xml$/i.test(target))))
                malformed();
            if (text && !isTop)
                add(parent, unescape(text));
            if (cdata !== undefined) {
                add(parent, cdata);
                parent.cdata = (parent.cdata ?? '') + cdata;
            }
            if (end) {
                if (end !== parent.raw)
                    malformed();
                open.pop();
                parent = open.at(-1);
            }
            if (raw) {
                const [child, isEmpty] = element(raw, parent.scope, attributes);
                parent.children.push(child);
                if (!isEmpty && open.push((parent = child)) > depth + 1)
                    fail(`more than ${depth} elements within each other`);
            }
        }
        return parent === top && top.children[0] ? top.children[0] : malformed();
    }
    finally {
        source = '';
    }
}
