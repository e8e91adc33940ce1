import type { AnyCodec, Codec, Json } from '../../core/codec.js';
import { DataError, fail } from '../../core/errors.js';
import { Digits } from '../../core/exact.js';
import type { Kind, Profile } from '../../core/facts.js';
import { anything, Typed } from '../../core/free.js';
import { isBlank } from '../../core/parse.js';
import { resolved } from '../../core/members.js';
import { isObject, readJson } from '../../json/read.js';
import { freeOf } from '../free.js';
import { attributeOf, gathered, qualified, xsi, type OpenTag, type XmlElement } from '../model.js';
import { quoteAttribute } from '../escape.js';
import { isName } from '../names.js';
import { typeOf } from '../plan.js';
import { datacontractTypes, openapiTypes, type BuiltIn } from './builtin.js';
import { typed } from './features.js';
import { itemsOf } from './several.js';

/** A name as it is spelled in a free value, checked: it comes from data, and would be markup otherwise. */
function spelled(text: string, prefixes: ReadonlySet<string>): string {
  const [prefix = '', local, ...more] = text.includes(':') ? text.split(':') : ['', text];
  if (more.length > 0 || !isName(local ?? '') || (prefix !== '' && !isName(prefix))) fail(`${JSON.stringify(text)} is no name of XML`);
  if (prefix !== '' && !prefixes.has(prefix)) fail(`the prefix of ${text} is not declared`);
  return text;
}

/** The prefixes that are declared at an element, and around it. */
function scopeOf(json: Json, around: ReadonlySet<string>): ReadonlySet<string> {
  const own = isObject(json) ? Object.keys(json).filter((name) => name.startsWith('@xmlns:')) : [];
  return own.length === 0 ? around : new Set([...around, ...own.map((name) => name.slice(7))]);
}

function freeScalar(json: Json): string {
  return json === null ? '' : typeof json === 'object' && !(json instanceof Digits) ? fail('a list or an object is no text') : String(json);
}

/** The elements of a free value. */
function freeText(json: Json, tag: OpenTag, prefixes: ReadonlySet<string>): string {
  if (!isObject(json)) return tag.text(freeScalar(json));
  return Object.entries(json)
    .filter(([name]) => !name.startsWith('@'))
    .map(([name, part]) => (name === '#text' ? tag.text(freeScalar(part)) : itemsOf(part).map((value) => freeElement(name, value, tag, prefixes)).join('')))
    .join('');
}

/** Attributes of a free value, by their names as they are spelled. */
function attributesOf(json: Json, prefixes: ReadonlySet<string>): (readonly [name: string, text: string])[] {
  const within = new Set([...prefixes, 'xml', 'xmlns']);
  const members = isObject(json) ? Object.entries(json).filter(([name]) => name.startsWith('@')) : [];
  return members.map(([name, value]) => [spelled(name.slice(1), within), freeScalar(value)]);
}

function freeElement(name: string, json: Json, tag: OpenTag, around: ReadonlySet<string>): string {
  const prefixes = scopeOf(json, around);
  const attributes = attributesOf(json, prefixes).map(([attribute, text]) => ` ${attribute}=${quoteAttribute(text)}`).join('');
  return `<${spelled(name, prefixes)}${attributes}>${freeText(json, tag, prefixes)}</${name}>`;
}

/** The built-in type of a JSON value, in order of trial. */
function builtInOf(json: Json, types: readonly BuiltIn[]): BuiltIn | undefined {
  const kinds = typeof json === 'string' ? ['string'] : typeof json === 'boolean' ? ['boolean'] : typeof json === 'bigint' || Number.isInteger(json) ? ['integer', 'number'] : typeof json === 'number' || json instanceof Digits ? ['number'] : [];
  return types.find((type) => {
    if (type.json === undefined || !kinds.includes(type.json)) return false;
    try {
      readJson(type.codec, json);
      return true;
    } catch (error) {
      if (error instanceof DataError) return false;
      throw error;
    }
  });
}

/** A value of any type: `xsi:type` tells it, else it is as its elements say. */
// @__NO_SIDE_EFFECTS__
export function freeKind(known: () => readonly AnyCodec[], asMap = false): Kind {
  const builtIn = (profile: Profile | undefined): readonly BuiltIn[] => (profile?.byDepth ? datacontractTypes : openapiTypes);
  return {
    isFree: !asMap,
    read: (element, _, reading) => {
      const text = attributeOf(element, xsi, 'type');
      if (text === undefined) {
        const free = freeOf(element);
        return asMap && typeof free === 'string' ? (isBlank(free) ? {} : { '#text': free }) : free;
      }
      const type = qualified(element, text) ?? fail(`no type ${text}`);
      const codec = typed(known(), type) ?? builtIn(reading.root?.profile).find((candidate) => candidate.type[0] === type[0] && candidate.type[1] === type[1])?.codec ?? fail(`no type ${text}`);
      return new Typed(type, codec, reading.content(codec, { ...element, attributes: [] }));
    },
    choose: (value, codec, tag) => {
      if (value instanceof Typed) {
        const target = resolved(value.codec)[0];
        tag.type(typeOf(target) ?? value.type);
        return [target, value.value];
      }
      const builtInType = builtInOf(value as Json, builtIn(tag.profile));
      if (builtInType === undefined) return [codec, value];
      if (tag.profile.byDepth) tag.type(builtInType.type);
      return [builtInType.codec, readJson(builtInType.codec, value as Json)];
    },
    // A list is its element several times (.NET's is no such value).
    gather: asMap ? undefined : (around, place, reading) => {
      const items = gathered(around, place).children.map((child) => reading.place({ codec: place.codec, nil: true }, child as XmlElement));
      if (!place.many && items.length > 1 && reading.root?.profile?.byDepth === true) fail('element twice');
      return place.many || items.length > 1 ? items : items[0];
    },
    bare: (value, { kind }, place) => {
      if (!Array.isArray(value) || asMap) return undefined;
      const items: Json = value as Json[];
      const body: Kind['body'] = (_, __, tag) => {
        if (tag.profile.byDepth) fail('a list is no value');
        return itemsOf(items).map((item) => tag.child(place, item ?? '')).join('');
      };
      return { kind: { ...(kind as Kind), body } };
    },
    body: (value: Json, _, tag) => {
      const prefixes = scopeOf(value, new Set());
      for (const [name, text] of attributesOf(value, prefixes)) tag.attribute('', name, text);
      return freeText(value, tag, prefixes);
    },
  };
}

/** Any value, with the types that `xsi:type` may name beside the built-in ones. */
// @__NO_SIDE_EFFECTS__
export function anyOf(known: () => readonly AnyCodec[]): Codec<Json> {
  return anything({ kind: freeKind(known) });
}

/** A map of any values, whose elements are as they say. */
// @__NO_SIDE_EFFECTS__
export function anyMap(known: () => readonly AnyCodec[]): Kind {
  return freeKind(known, true);
}
