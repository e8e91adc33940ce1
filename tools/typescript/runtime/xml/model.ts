import type { AnyCodec } from '../core/codec.js';
import { trimmed } from '../core/parse.js';
import { reading as state } from '../core/reading.js';
import type { Facts, Name, Profile, ReadXml } from '../core/facts.js';

export const xsi = 'http://www.w3.org/2001/XMLSchema-instance';

/** Prefixes and namespaces at an element; the default one has the prefix ''. */
export type Scope = ReadonlyMap<string, string>;

export interface XmlAttribute {
  readonly namespace: string;
  readonly name: string;
  readonly value: string;
}

/** An element of a document that is being read. */
export interface XmlElement {
  readonly namespace: string;
  readonly name: string;
  readonly scope: Scope;
  readonly attributes: readonly XmlAttribute[];
  /** Elements and texts, in their order. */
  readonly children: readonly (XmlElement | string)[];
  /** The member that has read it; null where another code has. */
  of?: string | null | undefined;
  /** The text of its CDATA sections, where it has any. */
  readonly cdata?: string;
}

/** A place that elements of one name are read from. */
export interface ReadPlace {
  readonly of: string;
  readonly namespace: string;
  readonly name: string;
  /** All names of what stands there. */
  readonly names: readonly Name[];
  /** Whether there may be several: the items of a list. */
  readonly many: boolean;
  readonly nil: boolean;
  readonly codec: AnyCodec;
}

/** A place in a document, with nothing left to derive. */
export interface Place {
  readonly of: string;
  readonly index: number;
  readonly namespace: string;
  readonly name: string;
  readonly prefix?: string;
  readonly nil: boolean;
  readonly bare?: boolean;
  readonly cdata?: boolean;
  readonly codec: AnyCodec;
  /** All names that are read. */
  readonly names: readonly Name[];
}

/** What holds while one document is read. */
export interface Reading {
  /** Facts of the root. */
  root?: Facts;
  /** Reads an object or a list. */
  parts?: ReadXml;
  content(codec: AnyCodec, element: XmlElement): unknown;
  place(place: Pick<Place, 'codec' | 'nil'>, element: XmlElement): unknown;
}

/** Keeps what a value's type does not name: each child has the name of its member in `of`. */
export type KeepXml = (value: object, codec: AnyCodec, element: XmlElement) => void;

/** What is known of a document that is being written. */
export interface WrittenDocument {
  readonly ids: Map<object, string>;
  /** Whether something needs the prefix of XMLSchema-instance, which the root declares. */
  needsNil: boolean;
}

/** A start tag that is being written, and what holds within its element. */
export interface OpenTag {
  readonly profile: Profile;
  /** The element's name, which items may have, too. */
  readonly name: string;
  /** Of the document: ids of objects that were written. */
  readonly document: WrittenDocument;
  /** The attributes until now, as text. */
  attributes: string;
  /** Adds an attribute. */
  attribute(namespace: string, name: string, value: string, prefix?: string): void;
  /** Declares a prefix, unless the namespace has one. */
  prefix(namespace: string, prefix: string): string;
  /** Adds `xsi:type`. */
  type(type: Name): void;
  /** A child element; `plain`: it declares no namespaces for what is within. */
  child(place: Place, value: unknown, name?: string, plain?: boolean): string;
  /** The unknown elements that a value keeps behind a place or an entry. */
  unknown(value: object, after: number): string;
  /** The content of a codec, without an element around it. */
  body(codec: AnyCodec, value: unknown): string;
  /** Text, escaped. */
  text(text: string): string;
}

/** Elements that no type describes, each with the index of the place or item before it; of a place, with a step for each of its elements so far. */
export type UnknownElements = readonly (readonly [after: number, element: XmlElement])[];

/** What an object kept of its XML that its type does not name. */
export interface KeptXml {
  readonly attributes: readonly XmlAttribute[];
  /** Elements, each with the index of the place or item before it. */
  readonly elements: UnknownElements;
  /** Of a member that is the text among elements its pieces, each with the place or item and the number of unknown elements before it. */
  readonly texts?: readonly (readonly [after: number, elements: number, text: string])[];
  /** Attributes of elements whose values are no objects, by member. */
  readonly within: object;
}

export function isElement(child: XmlElement | string): child is XmlElement {
  return typeof child !== 'string';
}

/** Whether a namespace is the one that is expected. */
export function isSpace(expected: string, namespace: string): boolean {
  return expected === namespace || ((state.tolerant as boolean) && !(expected && namespace));
}

export function attributeOf(element: XmlElement, namespace: string, name: string): string | undefined {
  return element.attributes.find((attribute) => attribute.name === name && attribute.namespace === namespace)?.value;
}

/** Of an element, what stands at a place that gathers several. */
export function gathered(around: XmlElement, { names }: ReadPlace): XmlElement {
  const isOurs = (node: XmlElement | string): boolean => isElement(node) && names.some(([namespace, name]) => name === node.name && isSpace(namespace, node.namespace));
  return { ...around, attributes: [], children: around.children.filter(isOurs) };
}

/** The text of an element without the elements in it. */
export function textWithin(element: XmlElement): string {
  return element.children.filter((child) => typeof child === 'string').join('');
}

/** The expanded name of a QName in content. */
export function qualified(element: XmlElement, text: string): Name | undefined {
  const [name = '', prefix = ''] = trimmed(text).split(':').reverse();
  const namespace = element.scope.get(prefix);
  return namespace === undefined ? undefined : [namespace, name];
}
