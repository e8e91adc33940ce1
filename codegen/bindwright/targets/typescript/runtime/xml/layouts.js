import {} from '../core/codec.js';
import { DataError } from '../core/errors.js';
import { resolved } from '../core/members.js';
import { isScalar, parseText } from '../core/parse.js';
import { decodeXml } from './decode.js';
import { parseDocument, unescape } from './parse.js';
import { xsi } from './model.js';
import { planOf } from './plan.js';
import { keepContent } from './keep.js';
import { keeping, readRoot } from './read.js';
/** Documents that are parsed before a layout is learnt. */
const patience = 4;
/** Documents that do not match, after which a layout is given up. */
const misses = 16;
const experiences = new WeakMap();
/** White space of XML. */
const gap = '[ \\t\\r\\n]*';
const quoted = (text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
/** The prefix that stands for a namespace, with its colon; undefined where there is none. */
function prefixOf(scope, namespace) {
    if ((scope.get('') ?? '') === namespace)
        return '';
    for (const [prefix, bound] of scope)
        if (bound === namespace)
            return `${prefix}:`;
    return undefined;
}
/** Integers whose texts of nine digits are in range, for sure. */
const isSmall = ({ low = 0 }) => low < -1e9;
/** The expression of a member; undefined where its layout is not simple. */
function memberPattern(place, optional, scope) {
    const { codec } = place;
    const prefix = prefixOf(scope, place.namespace);
    if (prefix === undefined || !isScalar(codec) || codec.kind !== undefined || place.bare || place.of === '__proto__')
        return undefined;
    const name = quoted(prefix + place.name);
    // Characters that XML does not have, ]]> and ends of lines that are normalised are left to the parser.
    const text = `>(${isSmall(codec) ? '-?\\d{1,9}' : codec.pattern?.source.slice(1, -1) ?? '[^<>\\0-\\x08\\x0b-\\x1f\\ud800-\\udfff\\ufffe\\uffff]*'})</${name}>`;
    const nil = prefixOf(scope, xsi);
    const content = place.nil && nil !== undefined ? `(?:${text}|( ${quoted(nil)}nil="true" ?/>))` : text;
    return `(?:<${name}${content}${gap})${optional ? '?' : ''}`;
}
/** What a codec makes of a text between tags. */
function parserOf(codec) {
    const parse = (text) => parseText(codec, unescape(text));
    return codec.pattern === undefined ? parse : (text) => (text.slice(8, 10) < '29' ? text : parse(text));
}
/** The layout of the documents that one came of. */
function learn(codec, text, root) {
    const head = /^\uFEFF?(?:<\?xml[^>]*\?>\s*)?<[^!?>]*[^/>]>/.exec(text)?.[0];
    const [target] = resolved(codec);
    const { item } = planOf(target);
    const isList = target.members === undefined && item !== undefined && target.kind === undefined;
    const inner = isList ? item.codec : target;
    const plan = planOf(inner);
    if (head === undefined || root.attributes.length > 0 || inner.members === undefined || inner.facts?.features !== undefined || inner.members.length !== plan.places.length || inner.beyond !== undefined)
        return undefined;
    const optional = (place) => inner.members?.find((member) => member.name === place.of)?.optional === true;
    const patterns = plan.places.map((place) => memberPattern(place, optional(place), root.scope));
    const prefix = isList ? prefixOf(root.scope, item.namespace) : '';
    if (patterns.includes(undefined) || prefix === undefined || patterns.length === 0)
        return undefined;
    let groups = 0;
    const members = plan.places.map((place, index) => {
        const hasNil = patterns[index]?.includes('nil="true"') === true;
        groups += hasNil ? 2 : 1;
        return { name: place.of, parse: parserOf(place.codec), isNumber: isSmall(place.codec), isNull: hasNil && (!optional(place) || takesNull(inner, place)), group: groups - (hasNil ? 1 : 0), nilGroup: hasNil ? groups : 0 };
    });
    const name = isList ? quoted(prefix + item.name) : '';
    const end = `</${quoted(/<([^\s>?/]+)[^<]*>$/.exec(head)?.[1] ?? '')}${gap}>${gap}$`;
    return {
        head,
        expression: new RegExp(isList ? `${gap}<${name}>${gap}${patterns.join('')}</${name}>` : `${gap}${patterns.join('')}${end}`, 'y'),
        members,
        isList,
        end: new RegExp(gap + end, 'y'),
        misses: 0,
    };
}
/** Whether null is a value of a member; else it means absence. */
function takesNull(codec, place) {
    const member = codec.members?.find((one) => one.name === place.of);
    return member !== undefined && resolved(member.codec)[1];
}
/** The object of one match. */
function objectOf(layout, match) {
    const value = {};
    const { members } = layout;
    for (let index = 0; index < members.length; index++) {
        const member = members[index];
        const text = match[member.group];
        // Numbers are most of what there is: their parser is not called.
        if (text !== undefined)
            value[member.name] = member.isNumber ? +text + 0 : member.parse(text);
        else if (member.isNull && match[member.nilGroup] !== undefined)
            value[member.name] = null;
    }
    return value;
}
/** What a document of the layout holds; undefined where it is another one. */
function matched(layout, text) {
    if (!text.startsWith(layout.head))
        return undefined;
    const { expression, end } = layout;
    expression.lastIndex = layout.head.length;
    let match = expression.exec(text);
    // The expression of a single object includes the end of the document.
    if (!layout.isList)
        return match === null ? undefined : objectOf(layout, match);
    const items = [];
    for (end.lastIndex = layout.head.length; match !== null; match = expression.exec(text)) {
        end.lastIndex = expression.lastIndex;
        items.push(objectOf(layout, match));
    }
    return end.test(text) ? items : undefined;
}
/** Reads a document, by its layout where that is known. */
export function readDocument(codec, document, tolerant = false) {
    const text = decodeXml(document);
    keeping.keep = keepContent;
    let experience = experiences.get(codec);
    if (experience === undefined)
        experiences.set(codec, (experience = { reads: 0, layout: undefined }));
    const { layout } = experience;
    if (layout !== undefined && layout.misses < misses) {
        try {
            const value = matched(layout, text);
            if (value !== undefined)
                return value;
        }
        catch (error) {
            // The parser says what is wrong, and where.
            if (!(error instanceof DataError))
                throw error;
        }
        layout.misses++;
    }
    const root = parseDocument(text);
    const value = readRoot(codec, root, tolerant);
    if (++experience.reads === patience || (layout !== undefined && experience.reads % 64 === 0))
        experience.layout = learn(codec, text, root);
    return value;
}
/** Reads an XML document. Throws `DataError`. */
export function fromXml(codec, document) {
    return readDocument(codec, document);
}
