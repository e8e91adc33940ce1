import {} from '../core/codec.js';
import { DataError } from '../core/errors.js';
import { resolved } from '../core/members.js';
import { isAnyText, isScalar, parseText } from '../core/parse.js';
import { reading } from '../core/reading.js';
import { anyEncoding, decodeXml } from './decode.js';
import { leaf, parseDocument, unescape } from './parse.js';
import { xsi } from './model.js';
import { readPlaced } from './placed.js';
import { planOf } from './plan.js';
import { keepContent } from './keep.js';
import { readRoot } from './read.js';
/** Documents that are parsed before a layout is learnt. */
const patience = 4;
/** Documents that do not match, after which a layout is given up. */
const misses = 16;
/** Thrown where a document is of another layout. */
const miss = Symbol('another layout');
const experiences = new WeakMap();
// The document that is being read, and where. Reading never waits, so that one at a time is enough.
let text = '';
let at = 0;
/** Whether it is too long to be kept for the sake of a few texts in it. */
let isLong = false;
/** Where the next reference is, as far as it was looked for. */
let reference = 0;
/** White space of XML. */
const gap = '[ \\t\\r\\n]*';
/** A text with what an expression takes for itself. */
const quoted = (part) => part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
/** White space between elements. */
function skip() {
    for (let code = text.charCodeAt(at); code === 32 || code === 10 || code === 13 || code === 9;)
        code = text.charCodeAt(++at);
}
/** Matches where reading is, and goes behind the match. */
function take(expression) {
    expression.lastIndex = at;
    const match = expression.exec(text);
    if (match !== null)
        at = expression.lastIndex;
    return match;
}
/** How the text of a codec is read. */
function formOf(codec) {
    const { low = 0, wide, pattern, parse } = codec;
    if (low < -1e9)
        return 'int';
    if (pattern !== undefined)
        return parse === undefined ? 'day' : 'digits';
    return wide === true ? 'bigint' : isAnyText(codec) ? 'text' : 'other';
}
/** The prefix that stands for a namespace, with its colon; undefined where there is none. */
function prefixOf(scope, namespace) {
    if ((scope.get('') ?? '') === namespace)
        return '';
    for (const [prefix, bound] of scope)
        if (bound === namespace && prefix !== '')
            return `${prefix}:`;
    return undefined;
}
/** Whether an object has nothing but the elements of its members, each of a name of its own. */
function isSimple(codec, places) {
    const { members = [], facts, beyond } = codec;
    const names = places.flatMap((place) => place.names.map((name) => name.join(' ')));
    if (new Set(names).size < names.length)
        return false;
    return facts?.features === undefined && beyond?.further === undefined && members.length === places.length && !places.some((place) => place.of === '__proto__');
}
/** Makes the readers of one layout; they are undefined where something in it is not simple. */
class Learner {
    scope;
    /** What is within each codec; types may contain themselves. */
    known = new Map();
    constructor(scope) {
        this.scope = scope;
    }
    /** What stands within an element of a codec that is no scalar. */
    content(codec) {
        if (codec.kind !== undefined || isScalar(codec))
            return undefined;
        if (!this.known.has(codec)) {
            this.known.set(codec, () => (this.known.get(codec) ?? missed)());
            const { item } = planOf(codec);
            this.known.set(codec, codec.members !== undefined ? this.object(codec) : item && this.items(item));
        }
        return this.known.get(codec);
    }
    /** A name as the document spells it. */
    name({ name, namespace }) {
        const prefix = prefixOf(this.scope, namespace);
        return prefix === undefined || name === '' ? undefined : prefix + name;
    }
    /** Items one behind the other. */
    items(item) {
        const name = this.name(item);
        // An item that is null has no text here: a document with one is of another layout.
        if (name === undefined || item.bare)
            return undefined;
        const { codec } = item;
        if (isScalar(codec))
            return codec.kind === undefined ? scalars(name, codec) : undefined;
        const { places } = planOf(codec);
        const run = codec.members && isSimple(codec, places) ? this.run(places, codec, `${gap}<${quoted(name)}>`, `${gap}</${quoted(name)}>`) : undefined;
        if (run !== undefined) {
            const start = `<${name}>`.length;
            return () => {
                const items = [];
                for (let end = matches(run); end > 0; end = matches(run)) {
                    skip();
                    at += start;
                    items.push(filled(run, {}));
                    at = end;
                }
                return items;
            };
        }
        const content = this.content(codec);
        const [open, close] = [`<${name}>`, `</${name}>`];
        return content && (() => {
            const items = [];
            for (skip(); text.startsWith(open, at); skip())
                items.push(element(open, close, content));
            return items;
        });
    }
    /** The members of an object: texts by one expression, others one by one. */
    object(codec) {
        const { places } = planOf(codec);
        if (!isSimple(codec, places))
            return undefined;
        const parts = [];
        for (let index = 0; index < places.length;) {
            let end = index;
            while (end < places.length && isScalar(places[end].codec))
                end++;
            parts.push(end > index ? this.run(places.slice(index, end), codec, '', '') : this.nested(places[end++], codec));
            index = end;
        }
        if (parts.includes(undefined))
            return undefined;
        return () => {
            const value = {};
            for (const part of parts) {
                if ('members' in part) {
                    const end = matches(part);
                    if (end === 0)
                        throw miss;
                    filled(part, value);
                    at = end;
                }
                else
                    nest(part, value);
            }
            return value;
        };
    }
    nested(place, codec) {
        const inner = place.bare ? planOf(place.codec).item : place;
        const name = inner && this.name(inner);
        // The content of a bare object stands among the other elements, where nothing is in order.
        const content = inner && (place.bare ? this.items(inner) : this.content(inner.codec));
        if (name === undefined || content === undefined)
            return undefined;
        const isOptional = codec.members?.find((member) => member.name === place.of)?.optional === true;
        const empty = inner?.codec.members === undefined ? new RegExp(`<${quoted(name)} ?/>`, 'y') : undefined;
        return { name: place.of, open: `<${name}>`, close: `</${name}>`, content, isOptional, empty, isBare: place.bare === true };
    }
    /** An expression of members that are texts, between other texts. */
    run(places, codec, before, after) {
        const members = [];
        let pattern = before;
        for (const place of places) {
            const name = this.name(place);
            const member = codec.members?.find((candidate) => candidate.name === place.of);
            if (name === undefined || member === undefined || !isScalar(place.codec) || place.codec.kind !== undefined || place.bare)
                return undefined;
            const nil = place.nil ? prefixOf(this.scope, xsi) : undefined;
            const form = formOf(place.codec);
            const isEmpty = nil === undefined && form === 'text';
            const isOptional = member.optional === true;
            const vacancy = nil !== undefined ? ` ${quoted(nil)}nil="true" ?/>` : isEmpty ? ' ?/>' : undefined;
            const content = `>${textOf(place.codec, form)}</${quoted(name)}>`;
            // White space belongs to the element behind it: beside absent elements it could be of each, and all ways would be tried.
            const element = `${gap}<${quoted(name)}${vacancy === undefined ? content : `(?:${content}|${vacancy})`}`;
            pattern += isOptional ? `(?:${element})?` : element;
            const vacant = isEmpty ? '' : !isOptional || resolved(member.codec)[1] ? null : undefined;
            members.push({ name: place.of, open: `<${name}`, close: name.length + 3, form, parse: (part) => parseText(place.codec, part), vacant, isOptional });
        }
        return { expression: new RegExp(pattern + after, 'y'), members };
    }
}
/** The expression of a scalar's text. What XML does not have, ]]> and ends of lines that are normalised are left to the parser. */
function textOf(codec, form) {
    return form === 'int' ? '-?\\d{1,10}' : form === 'bigint' ? '-?\\d{1,19}' : (codec.pattern?.source.slice(1, -1) ?? '[^<>\\0-\\x08\\x0b-\\x1f\\ud800-\\udfff\\ufffe\\uffff]*');
}
/** Scalars one behind the other. */
function scalars(name, codec) {
    const form = formOf(codec);
    const expression = new RegExp(`${gap}<${quoted(name)}>${textOf(codec, form)}</${quoted(name)}>`, 'y');
    const member = { name: '', open: '', close: name.length + 3, form, parse: (part) => parseText(codec, part), vacant: null, isOptional: false };
    const start = `<${name}>`.length;
    return () => {
        const items = [];
        for (let end = matches({ expression }); end > 0; end = matches({ expression })) {
            skip();
            at += start;
            items.push(textValue(member));
        }
        return items;
    };
}
/** Where a run that stands here ends; 0: none does. */
function matches({ expression }) {
    expression.lastIndex = at;
    return expression.test(text) ? expression.lastIndex : 0;
}
/** Reads the text that begins here, of which an expression has said that it is right, and goes behind its end tag. */
function textValue({ form, parse, close }) {
    const start = at;
    if (form === 'int') {
        let code = text.charCodeAt(at);
        const isNegative = code === 45;
        if (isNegative)
            code = text.charCodeAt(++at);
        let number = 0;
        for (; code !== 60; code = text.charCodeAt(++at))
            number = number * 10 + code - 48;
        at += close;
        // Of ten digits not all are in range: the parser knows.
        if (number - +isNegative > 2147483647)
            throw miss;
        return isNegative ? 0 - number : number;
    }
    const end = text.indexOf('<', start);
    at = end + close;
    if (form === 'bigint') {
        let number = 0;
        let index = start;
        if (end - start > 15 || text.charCodeAt(start) === 45)
            return parse(text.slice(start, end));
        while (index < end)
            number = number * 10 + text.charCodeAt(index++) - 48;
        return BigInt(number);
    }
    // An engine keeps all of the document for a part of it of thirteen characters; joined it is a text of its own.
    const part = isLong && end - start > 12 ? [text.slice(start, start + 1), text.slice(start + 1, end)].join('') : text.slice(start, end);
    if (form === 'digits')
        return part;
    if (form === 'day') {
        const day = text.charCodeAt(start + 8) * 10 + text.charCodeAt(start + 9) - 528;
        const month = text.charCodeAt(start + 5) * 10 + text.charCodeAt(start + 6) - 528;
        // Of the months the odd ones until July have 31 days, and the even ones from August on; in February years count.
        return day < 29 || (month !== 2 && (day < 31 || ((month + (month >> 3)) & 1) === 1)) ? part : parse(part);
    }
    if (reference < start && (reference = text.indexOf('&', start)) < 0)
        reference = Infinity;
    const bare = reference < end ? unescape(part) : part;
    return form === 'text' ? bare : parse(bare);
}
function missed() {
    throw miss;
}
/** Reads the members of a run that stands here into an object. */
function filled({ members }, value) {
    for (let index = 0; index < members.length; index++) {
        const member = members[index];
        const { open, vacant } = member;
        skip();
        const mark = at + open.length;
        if (member.isOptional && !isHere(open, mark))
            continue;
        at = mark + 1;
        if (text.charCodeAt(mark) === 62)
            value[member.name] = textValue(member);
        else {
            if (vacant !== undefined)
                value[member.name] = vacant;
            at = text.indexOf('>', mark) + 1;
        }
    }
    return value;
}
/** Whether a start tag stands here, whose name ends there. */
function isHere(open, end) {
    if (!text.startsWith(open, at))
        return false;
    const code = text.charCodeAt(end);
    return code === 62 || code === 32 || code === 47;
}
/** Reads an element whose start tag stands here. */
function element(open, close, content) {
    at += open.length;
    const value = content();
    skip();
    if (!text.startsWith(close, at))
        throw miss;
    at += close.length;
    return value;
}
/** Sets a member that has elements within, or is a list without an element of its own. */
function nest({ name, open, close, content, isOptional, empty, isBare }, value) {
    skip();
    if (isBare) {
        const items = content();
        if (items.length > 0 || !isOptional)
            value[name] = items;
    }
    else if (text.startsWith(open, at))
        value[name] = element(open, close, content);
    else if (empty !== undefined && take(empty) !== null)
        value[name] = [];
    else if (!isOptional)
        throw miss;
}
/** The layout of the documents that one came of. */
function learn(codec, document, root) {
    const head = /^\uFEFF?(?:<\?xml[^>]*\?>\s*)?<[^!?>]*[^/>]>/.exec(document)?.[0];
    const [target] = resolved(codec);
    if (head === undefined || root.attributes.length > 0 || isScalar(target))
        return undefined;
    const learner = new Learner(root.scope);
    const end = `${gap}</${quoted(root.raw)}${gap}>${gap}$`;
    // Of an object of texts alone one expression reads the whole document.
    const { places } = planOf(target);
    const whole = target.members !== undefined && isSimple(target, places) ? learner.run(places, target, quoted(head), end) : undefined;
    const content = whole === undefined ? learner.content(target) : wholly(whole, head.length);
    return content && { head: whole === undefined ? new RegExp(quoted(head), 'y') : undefined, content, end: whole === undefined ? new RegExp(end, 'y') : undefined, misses: 0 };
}
/** Reads a document that is one run. */
function wholly(run, start) {
    return () => {
        if (matches(run) === 0)
            throw miss;
        at = start;
        return filled(run, {});
    };
}
/** What a document of the layout holds; `miss` where it is another one. */
function matched({ head, content, end }, document) {
    text = document;
    at = 0;
    isLong = document.length > 1 << 20;
    reference = -1;
    try {
        if (head !== undefined && take(head) === null)
            return miss;
        const value = content();
        return end === undefined || take(end) !== null ? value : miss;
    }
    catch (error) {
        // The parser says what is wrong, and where.
        if (error === miss || error instanceof DataError)
            return miss;
        throw error;
    }
    finally {
        text = '';
        // An engine keeps what was matched last, too.
        if (isLong)
            /^/.test(text);
    }
}
/** Reads a document, by its layout where that is known; `tolerant`: an answer. */
export function readDocument(codec, document, tolerant = false) {
    const source = decodeXml(document);
    reading.leaf = leaf;
    reading.tolerant = tolerant;
    let experience = experiences.get(codec);
    if (experience === undefined)
        experiences.set(codec, (experience = { reads: 0, layout: undefined }));
    const { layout } = experience;
    if (layout !== undefined && layout.misses < misses) {
        const value = matched(layout, source);
        if (value !== miss)
            return value;
        layout.misses++;
    }
    const root = parseDocument(source, anyEncoding);
    const { keepXml } = reading;
    reading.keepXml = keepContent;
    let value;
    try {
        value = readRoot(codec, root, readPlaced, tolerant);
    }
    finally {
        reading.keepXml = keepXml;
    }
    if (++experience.reads === patience || (layout !== undefined && experience.reads % 64 === 0))
        experience.layout = learn(codec, source, root);
    return value;
}
/** Reads an XML document. Throws `DataError`. */
export function fromXml(codec, document) {
    return readDocument(codec, document);
}
