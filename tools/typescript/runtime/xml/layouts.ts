import { type AnyCodec, type Codec, type Fields } from '../core/codec.js';
import { DataError } from '../core/errors.js';
import { resolved } from '../core/members.js';
import { isScalar, parseText } from '../core/parse.js';
import { decodeXml } from './decode.js';
import { parseDocument, unescape } from './parse.js';
import { xsi, type Place, type Scope, type XmlElement } from './model.js';
import { planOf } from './plan.js';
import { keepContent } from './keep.js';
import { keeping, readRoot } from './read.js';

/**
 * A layout that documents of a type came in: a server writes all of them alike. One regular expression then finds the
 * texts of an object; what it does not match is parsed.
 */
interface Layout {
  /** The text of the document up to the end of the root's start tag. */
  readonly head: string;
  /** One object: an item of a list, or all of the document behind the head. */
  readonly expression: RegExp;
  readonly members: readonly LayoutMember[];
  /** Whether the root is a list of such objects. */
  readonly isList: boolean;
  readonly end: RegExp;
  misses: number;
}

interface LayoutMember {
  readonly name: string;
  readonly parse: (text: string) => unknown;
  /** Whether what matches is a number as JavaScript reads it. */
  readonly isNumber: boolean;
  /** Whether null is a value; else it is absence. */
  readonly isNull: boolean;
  /** The groups of its text and of its null. */
  readonly group: number;
  readonly nilGroup: number;
}

interface Experience {
  /** Documents that were parsed. */
  reads: number;
  layout: Layout | undefined;
}

/** Documents that are parsed before a layout is learnt. */
const patience = 4;
/** Documents that do not match, after which a layout is given up. */
const misses = 16;

const experiences = new WeakMap<AnyCodec, Experience>();

/** White space of XML. */
const gap = '[ \\t\\r\\n]*';

const quoted = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** The prefix that stands for a namespace, with its colon; undefined where there is none. */
function prefixOf(scope: Scope, namespace: string): string | undefined {
  if ((scope.get('') ?? '') === namespace) return '';
  for (const [prefix, bound] of scope) if (bound === namespace) return `${prefix}:`;
  return undefined;
}

/** Integers whose texts of nine digits are in range, for sure. */
const isSmall = ({ low = 0 }: AnyCodec): boolean => low < -1e9;

/** The expression of a member; undefined where its layout is not simple. */
function memberPattern(place: Place, optional: boolean, scope: Scope): string | undefined {
  const { codec } = place;
  const prefix = prefixOf(scope, place.namespace);
  if (prefix === undefined || !isScalar(codec) || codec.kind !== undefined || place.bare || place.of === '__proto__') return undefined;
  const name = quoted(prefix + place.name);
  // Characters that XML does not have, ]]> and ends of lines that are normalised are left to the parser.
  const text = `>(${isSmall(codec) ? '-?\\d{1,9}' : codec.pattern?.source.slice(1, -1) ?? '[^<>\\0-\\x08\\x0b-\\x1f\\ud800-\\udfff\\ufffe\\uffff]*'})</${name}>`;
  const nil = prefixOf(scope, xsi);
  const content = place.nil && nil !== undefined ? `(?:${text}|( ${quoted(nil)}nil="true" ?/>))` : text;
  return `(?:<${name}${content}${gap})${optional ? '?' : ''}`;
}

/** What a codec makes of a text between tags. */
function parserOf(codec: AnyCodec): (text: string) => unknown {
  const parse = (text: string): unknown => parseText(codec, unescape(text));
  return codec.pattern === undefined ? parse : (text) => (text.slice(8, 10) < '29' ? text : parse(text));
}

/** The layout of the documents that one came of. */
function learn(codec: AnyCodec, text: string, root: XmlElement): Layout | undefined {
  const head = /^\uFEFF?(?:<\?xml[^>]*\?>\s*)?<[^!?>]*[^/>]>/.exec(text)?.[0];
  const [target] = resolved(codec);
  const { item } = planOf(target);
  const isList = target.members === undefined && item !== undefined && target.kind === undefined;
  const inner = isList ? item.codec : target;
  const plan = planOf(inner);
  if (head === undefined || root.attributes.length > 0 || inner.members === undefined || inner.facts?.features !== undefined || inner.members.length !== plan.places.length || inner.beyond !== undefined) return undefined;
  const optional = (place: Place): boolean => inner.members?.find((member) => member.name === place.of)?.optional === true;
  const patterns = plan.places.map((place) => memberPattern(place, optional(place), root.scope));
  const prefix = isList ? prefixOf(root.scope, item.namespace) : '';
  if (patterns.includes(undefined) || prefix === undefined || patterns.length === 0) return undefined;
  let groups = 0;
  const members = plan.places.map((place, index): LayoutMember => {
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
function takesNull(codec: AnyCodec, place: Place): boolean {
  const member = codec.members?.find((one) => one.name === place.of);
  return member !== undefined && resolved(member.codec)[1];
}

/** The object of one match. */
function objectOf(layout: Layout, match: RegExpExecArray): Fields {
  const value: Fields = {};
  const { members } = layout;
  for (let index = 0; index < members.length; index++) {
    const member = members[index] as LayoutMember;
    const text = match[member.group];
    // Numbers are most of what there is: their parser is not called.
    if (text !== undefined) value[member.name] = member.isNumber ? +text + 0 : member.parse(text);
    else if (member.isNull && match[member.nilGroup] !== undefined) value[member.name] = null;
  }
  return value;
}

/** What a document of the layout holds; undefined where it is another one. */
function matched(layout: Layout, text: string): unknown {
  if (!text.startsWith(layout.head)) return undefined;
  const { expression, end } = layout;
  expression.lastIndex = layout.head.length;
  let match = expression.exec(text);
  // The expression of a single object includes the end of the document.
  if (!layout.isList) return match === null ? undefined : objectOf(layout, match);
  const items: Fields[] = [];
  for (end.lastIndex = layout.head.length; match !== null; match = expression.exec(text)) {
    end.lastIndex = expression.lastIndex;
    items.push(objectOf(layout, match));
  }
  return end.test(text) ? items : undefined;
}

/** Reads a document, by its layout where that is known. */
export function readDocument(codec: AnyCodec, document: string | Uint8Array, tolerant = false): unknown {
  const text = decodeXml(document);
  keeping.keep = keepContent;
  let experience = experiences.get(codec);
  if (experience === undefined) experiences.set(codec, (experience = { reads: 0, layout: undefined }));
  const { layout } = experience;
  if (layout !== undefined && layout.misses < misses) {
    try {
      const value = matched(layout, text);
      if (value !== undefined) return value;
    } catch (error) {
      // The parser says what is wrong, and where.
      if (!(error instanceof DataError)) throw error;
    }
    layout.misses++;
  }
  const root = parseDocument(text);
  const value = readRoot(codec, root, tolerant);
  if (++experience.reads === patience || (layout !== undefined && experience.reads % 64 === 0)) experience.layout = learn(codec, text, root);
  return value;
}

/** Reads an XML document. Throws `DataError`. */
export function fromXml<T>(codec: Codec<T>, document: string | Uint8Array): T {
  return readDocument(codec, document) as T;
}

