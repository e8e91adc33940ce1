import { fail } from '../core/errors.js';
import {} from './model.js';
export const limits = { depth: 128, size: 1 << 28, attributes: 256 };
const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';
const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/';
const start = ':A-Z_a-z\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const nameText = new RegExp(`^[${start}][${start}\\-.\\d\\xB7\\u0300-\\u036F\\u203F\\u2040]*$`, 'u');
const tag = /([^\s<>/="'&!?]+)([ \t\r\n]*\/?>)?/y;
const attribute = /[ \t\r\n]+([^\s<>/="'&]+)[ \t\r\n]*=[ \t\r\n]*(?:"([^"<]*)"|'([^'<]*)')/y;
const tagEnd = /[ \t\r\n]*(\/?)>/y;
const instruction = /<\?([^\s?>]+)(?=[\s?])/y;
const declaration = /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.\d+"|'1\.\d+')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>/;
const excluded = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const entities = new Map([['amp', '&'], ['lt', '<'], ['gt', '>'], ['quot', '"'], ['apos', "'"]]);
function unescape(text) {
    return text.replace(/&([^;&]*)(;?)/g, (_, name, end) => {
        const digits = /^#(?:x([\da-fA-F]+)|(\d+))$/.exec(name);
        if (end === '')
            fail('an & that begins no reference');
        if (digits === null)
            return entities.get(name) ?? fail(`no entity ${name}`);
        const code = digits[1] === undefined ? Number(digits[2]) : parseInt(digits[1], 16);
        const character = code <= 0x10ffff ? String.fromCodePoint(code) : '\0';
        return excluded.test(character) ? fail(`no character ${name}`) : character;
    });
}
const none = [];
/** A parser of XML 1.0 (fifth edition) with namespaces. A document type declaration is refused. */
class Parser {
    source;
    limits;
    names = new Map();
    position = 0;
    constructor(source, bounds) {
        if (source.length > bounds.size)
            fail(`more than ${bounds.size} characters`);
        if (excluded.test(source))
            fail('a character that XML does not have');
        const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
        this.source = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
        this.limits = bounds;
    }
    /** The root element. */
    document() {
        const { source } = this;
        if (/^<\?xml[ \t\n]/.test(source))
            this.position = (declaration.exec(source) ?? fail('no XML declaration'))[0].length;
        const top = { raw: '', namespace: '', name: '', scope: new Map([['xml', xmlNamespace]]), attributes: none, children: [], cdata: undefined };
        const open = [top];
        let parent = top;
        while (this.position < source.length) {
            const at = source.indexOf('<', this.position);
            if (at !== this.position)
                this.characters(parent, at < 0 ? source.length : at, top);
            if (at < 0)
                break;
            const next = source.charCodeAt(at + 1);
            if (next === 47 /* / */) {
                this.close(parent, at, open.length);
                open.pop();
                parent = open[open.length - 1] ?? top;
            }
            else if (next === 33 /* ! */)
                this.special(parent, at, top);
            else if (next === 63 /* ? */)
                this.instruction(at);
            else {
                if (parent === top && top.children.length > 0)
                    fail('a second root element');
                const [element, empty] = this.element(parent, at);
                parent.children.push(element);
                if (!empty) {
                    if (open.length > this.limits.depth)
                        fail(`more than ${this.limits.depth} elements within each other`);
                    open.push(element);
                    parent = element;
                }
            }
        }
        if (parent !== top)
            fail(`an element ${parent.raw} that is not closed`);
        const root = top.children[0];
        return root === undefined || typeof root === 'string' ? fail('no root element') : root;
    }
    characters(parent, end, top) {
        const text = this.source.slice(this.position, end);
        this.position = end;
        if (parent === top) {
            if (/[^ \t\n]/.test(text))
                fail('text outside of the root element');
            return;
        }
        if (text.includes(']]>'))
            fail('a ]]> in text');
        add(parent, text.includes('&') ? unescape(text) : text);
    }
    close(parent, at, depth) {
        const end = this.source.indexOf('>', at);
        if (depth < 2 || end < 0 || this.source.slice(at + 2, end).replace(/[ \t\n]+$/, '') !== parent.raw)
            fail(`no end of ${parent.raw}`);
        this.position = end + 1;
    }
    special(parent, at, top) {
        const { source } = this;
        if (source.startsWith('<!--', at)) {
            const end = source.indexOf('--', at + 4);
            if (end < 0 || source[end + 2] !== '>')
                fail('no end of a comment');
            this.position = end + 3;
        }
        else if (source.startsWith('<![CDATA[', at) && parent !== top) {
            const end = source.indexOf(']]>', at + 9);
            if (end < 0)
                fail('no end of a CDATA section');
            const text = source.slice(at + 9, end);
            add(parent, text);
            parent.cdata = (parent.cdata ?? '') + text;
            this.position = end + 3;
        }
        else
            fail(source.startsWith('<!DOCTYPE', at) ? 'a document type declaration' : `no markup at ${at}`);
    }
    instruction(at) {
        instruction.lastIndex = at;
        const target = instruction.exec(this.source)?.[1] ?? '';
        const end = this.source.indexOf('?>', at + 2 + target.length);
        if (end < 0 || !nameText.test(target) || target.includes(':') || target.toLowerCase() === 'xml')
            fail('no processing instruction');
        this.position = end + 2;
    }
    /** A qualified name in its two parts. */
    split(raw) {
        let parts = this.names.get(raw);
        if (parts === undefined) {
            const colon = raw.indexOf(':');
            parts = colon < 0 ? ['', raw] : [raw.slice(0, colon), raw.slice(colon + 1)];
            if (!nameText.test(raw) || parts[1].includes(':') || !nameText.test(parts[1]) || colon === 0)
                fail(`no name ${raw}`);
            this.names.set(raw, parts);
        }
        return parts;
    }
    element(parent, at) {
        tag.lastIndex = at + 1;
        const [matched, raw = '', end] = tag.exec(this.source) ?? fail(`no markup at ${at}`);
        const [prefix, name] = this.split(raw);
        this.position = at + 1 + matched.length;
        if (end !== undefined) {
            const namespace = parent.scope.get(prefix) ?? (prefix === '' ? '' : fail(`no namespace of ${prefix}`));
            if (prefix === 'xmlns')
                fail('no prefix xmlns');
            return [{ raw, namespace, name, scope: parent.scope, attributes: none, children: [], cdata: undefined }, end.includes('/')];
        }
        const pairs = this.pairs();
        tagEnd.lastIndex = this.position;
        const close = tagEnd.exec(this.source) ?? fail(`no end of the tag ${raw}`);
        this.position = tagEnd.lastIndex;
        const scope = this.scope(parent.scope, pairs);
        if (prefix === 'xmlns')
            fail('no prefix xmlns');
        const namespace = scope.get(prefix) ?? (prefix === '' ? '' : fail(`no namespace of ${prefix}`));
        return [{ raw, namespace, name, scope, attributes: this.attributes(pairs, scope), children: [], cdata: undefined }, close[1] === '/'];
    }
    /** Attributes as they stand there. */
    pairs() {
        const pairs = new Map();
        attribute.lastIndex = this.position;
        for (let match = attribute.exec(this.source); match !== null; match = attribute.exec(this.source)) {
            const raw = match[1] ?? '';
            const text = match[2] ?? match[3] ?? '';
            if (pairs.has(raw))
                fail(`an attribute ${raw} twice`);
            if (pairs.size >= this.limits.attributes)
                fail(`more than ${this.limits.attributes} attributes`);
            const flat = /[\t\n]/.test(text) ? text.replace(/[\t\n]/g, ' ') : text;
            pairs.set(raw, flat.includes('&') ? unescape(flat) : flat);
            this.position = attribute.lastIndex;
        }
        return pairs;
    }
    /** The scope of an element with these attributes (Namespaces in XML 1.0, 3 and 5). */
    scope(outer, pairs) {
        let scope;
        for (const [raw, uri] of pairs) {
            const [prefix, name] = this.split(raw);
            if (raw !== 'xmlns' && prefix !== 'xmlns')
                continue;
            const bound = raw === 'xmlns' ? '' : name;
            if ((uri === xmlNamespace) !== (bound === 'xml') || uri === xmlnsNamespace || bound === 'xmlns' || (uri === '' && bound !== ''))
                fail(`no namespace declaration ${raw}`);
            scope ??= new Map(outer);
            scope.set(bound, uri);
        }
        if (scope !== undefined && scope.size > this.limits.attributes)
            fail(`more than ${this.limits.attributes} namespaces`);
        return scope ?? outer;
    }
    attributes(pairs, scope) {
        const attributes = [];
        const expanded = new Set();
        for (const [raw, value] of pairs) {
            const [prefix, name] = this.split(raw);
            if (raw === 'xmlns' || prefix === 'xmlns')
                continue;
            const namespace = prefix === '' ? '' : (scope.get(prefix) ?? fail(`no namespace of ${prefix}`));
            if (namespace !== '' && (expanded.has(`${namespace} ${name}`) || !expanded.add(`${namespace} ${name}`)))
                fail(`an attribute ${raw} twice`);
            attributes.push({ namespace, name, value });
        }
        return attributes;
    }
}
/** Text beside text is one text. */
function add(parent, text) {
    const { children } = parent;
    const last = children.length - 1;
    const before = children[last];
    if (typeof before === 'string')
        children[last] = before + text;
    else
        children.push(text);
}
/** The text of a document (XML 1.0, 4.3.3 and F): a byte order mark, else the declaration, else UTF-8. */
export function decodeXml(document) {
    if (typeof document === 'string')
        return document;
    const [first, second] = document;
    const head = String.fromCharCode(...document.subarray(0, 256));
    const marked = first === 0xef && second === 0xbb ? 'utf-8' : first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
    const bare = first === 0x3c && second === 0 ? 'utf-16le' : first === 0 && second === 0x3c ? 'utf-16be' : undefined;
    const declared = /^<\?xml[^>]*?[ \t\r\n]encoding[ \t\r\n]*=[ \t\r\n]*["']([\w.-]+)/.exec(head)?.[1];
    try {
        return new TextDecoder(marked ?? bare ?? declared ?? 'utf-8', { fatal: true }).decode(document);
    }
    catch {
        return fail(`not ${marked ?? bare ?? declared ?? 'UTF-8'}`);
    }
}
/** Parses an XML document. Throws `DataError` for one that is not well-formed. */
export function parseXml(document, bounds = limits) {
    return new Parser(decodeXml(document), bounds).document();
}
