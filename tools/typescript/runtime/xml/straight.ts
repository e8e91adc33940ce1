import { actual, kept, type AnyCodec, type Fields } from '../core/codec.js';
import { DataError } from '../core/errors.js';
import { isAnyText, isScalar } from '../core/parse.js';
import type { Place } from './model.js';
import { finish, pieceOf, putDigits, putPiece, putText, replaceStart, room, type Piece } from './octets.js';
import { planOf } from './plan.js';

/** What is the same in all of a document. */
export interface Setting {
  /** The default namespace. */
  readonly space: string;
  /** The end of a start tag that says null, and of an element with nothing in it. */
  readonly nil: Piece;
  readonly empty: Piece;
  /** What an end of line is written as. */
  readonly newline: string;
  /** Whether null is written for what is not there, as .NET does. */
  readonly isNet: boolean;
}

/** Writes what stands within an element behind an octet, and gives the end. */
export type Body = (value: unknown, at: number) => number;

/** An element of an object that has all that it needs of the tags around it. */
interface Step {
  readonly name: string;
  readonly start: Piece;
  readonly end: Piece;
  /** The end of the element that usually stands before, alone and with its own start. */
  readonly before: Piece;
  readonly joint: Piece;
  /** The text of its scalar, or what stands within. */
  readonly write: Body;
  /** The text of a scalar that is written as any text. */
  readonly print: ((value: unknown) => string) | undefined;
  /** Whether it is any text; whether its text is that of a number of 32 bits, or of a bigint. */
  readonly isText: boolean;
  /** What moments match. */
  readonly pattern: RegExp | undefined;
  readonly isNumber: boolean;
  readonly isWide: boolean;
  /** Whether it is written without text, too, as an element with two tags. */
  readonly isPlain: boolean;
  readonly isBare: boolean;
  readonly isOptional: boolean;
  readonly isNil: boolean;
}

/** Takes the members of objects of one type. */
class Members {
  readonly names: readonly string[];
  /** The members of the last object in its order, and their positions: the next one has the same nearly always. */
  readonly last: string[] = [];
  readonly positions: number[] = [];
  constructor(names: readonly string[]) {
    this.names = names;
  }

  /** The members by their positions. Engines go through an object in less than half the time that it takes to look up each name. */
  of(fields: Fields): readonly unknown[] {
    const { names, last, positions } = this;
    if (Object.getPrototypeOf(fields) !== Object.prototype) return names.map((name) => fields[name]);
    const parts = new Array<unknown>(names.length);
    let index = 0;
    for (const name in fields) {
      if (last[index] !== name) {
        last[index] = name;
        positions[index] = names.indexOf(name);
      }
      const position = positions[index++] as number;
      if (position >= 0) parts[position] = fields[name];
    }
    return parts;
  }
}

/** Thrown where a value has what only the long way writes, or refuses with its place. */
const detour = Symbol('the long way');

const nothing: Piece = /* @__PURE__ */ pieceOf('');

/** Whether a document that is being written has null in it. */
let hasNil = false;

/** Makes the writers of documents that have one namespace and no attributes: nearly all. Others have none. */
export class Straight {
  readonly setting: Setting;
  /** What is within each codec; types may contain themselves. */
  readonly known: Map<AnyCodec, Body | undefined> = new Map();
  constructor(setting: Setting) {
    this.setting = setting;
  }

  body(codec: AnyCodec): Body | undefined {
    const { facts, kind, item, members } = codec;
    if (kind !== undefined || facts?.features !== undefined || codec.beyond?.further !== undefined) return undefined;
    if (isScalar(codec)) return this.scalar(codec);
    if (!this.known.has(codec)) {
      const { inside } = planOf(codec);
      this.known.set(codec, (value, at) => (this.known.get(codec) ?? lost)(value, at));
      // .NET declares the namespace of what is within on the element around.
      const isHome = (facts?.declares ?? [inside]).every((namespace) => namespace === '' || namespace === this.setting.space);
      this.known.set(codec, !isHome ? undefined : members !== undefined ? this.object(codec) : item && this.list(codec));
    }
    return this.known.get(codec);
  }

  scalar({ print }: AnyCodec): Body | undefined {
    const { newline } = this.setting;
    return (
      print &&
      ((value, at) => {
        const text = print(value as never);
        return putText(room(at, text.length * 5), text, at, newline);
      })
    );
  }

  step(place: Place, name: string, before: string, beforeOctets: Piece): (Step & { readonly close: string }) | undefined {
    const write = place.bare || (place.namespace === this.setting.space && name !== '') ? this.body(place.codec) : undefined;
    // The members of a bare object stand among the others: a list alone is written so.
    if (write === undefined || place.cdata || (place.bare && planOf(place.codec).item === undefined)) return undefined;
    const [start, close] = place.bare ? ['', ''] : [`<${name}>`, `</${name}>`];
    const { codec } = place;
    const { low, wide, plain, print } = codec;
    return {
      name, start: pieceOf(start), end: pieceOf(close), close, before: beforeOctets, joint: pieceOf(before + start), write, print: isScalar(codec) ? (print as Step['print']) : undefined,
      isText: isAnyText(codec), pattern: codec.parse === undefined ? codec.pattern : undefined, isNumber: low === -2147483648, isWide: wide === true, isPlain: plain === true, isBare: place.bare === true, isOptional: false, isNil: place.nil,
    };
  }

  list(codec: AnyCodec): Body | undefined {
    const { item } = planOf(codec);
    const step = item === undefined || item.bare ? undefined : this.step(item, item.name, '', nothing);
    if (step === undefined) return undefined;
    const { start, end, write, isPlain } = step;
    const { empty } = this.setting;
    const more = start.length + end.length + empty.length;
    return (value, begin) => {
      if (!Array.isArray(value) || (value as unknown as Fields)[kept] !== undefined) throw detour;
      let at = begin;
      for (let index = 0; index < value.length; index++) {
        const part: unknown = value[index];
        if (part === undefined || part === null) throw detour;
        const before = putPiece(room(at, more), start, at);
        at = write(part, before);
        at = at > before || isPlain ? put(end, at) : put(empty, before - 1);
      }
      return at;
    };
  }

  object({ members = [], ...codec }: AnyCodec): Body | undefined {
    const steps: Step[] = [];
    let [close, end] = ['', nothing];
    for (const place of planOf({ members, ...codec }).places) {
      const member = members.find((candidate) => candidate.name === place.of);
      const step = member?.zero === undefined ? this.step(place, place.name, close, end) : undefined;
      if (member === undefined || step === undefined || place.of in Object.prototype) return undefined;
      steps.push({ ...step, name: place.of, isOptional: member.optional === true });
      [close, end] = [step.close, step.end];
    }
    const { setting } = this;
    // Tags, and numbers of 17 digits.
    const more = steps.reduce((sum, { joint, end }) => sum + joint.length + end.length + setting.nil.length + setting.empty.length + 17, 0);
    const names = new Members(steps.map(({ name }) => name));
    const { complete } = codec;
    return (value, at) => writeObject(steps, names, complete !== undefined && typeof value === 'object' && value !== null ? complete(value as Fields) : value, setting, at, more);
  }
}

/** Whether a text is a moment before the 29th, which every month has. */
function isEarlyMoment(text: string, pattern: RegExp | undefined): boolean {
  return pattern !== undefined && text.charCodeAt(8) * 10 + text.charCodeAt(9) < 557 && pattern.test(text);
}

function lost(): never {
  throw detour;
}

/** Writes a tag. */
function put(part: Piece, at: number): number {
  return putPiece(room(at, part.length), part, at);
}

function writeObject(steps: readonly Step[], names: Members, value: unknown, { nil, empty, isNet, newline }: Setting, begin: number, more: number): number {
  const fields = value as Fields;
  if (typeof value !== 'object' || value === null || fields[kept] !== undefined || fields[actual] !== undefined) throw detour;
  const parts = names.of(fields);
  let target = room(begin, more);
  let at = begin;
  /** The end tag of the element before, which is not written yet. */
  let end = nothing;
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index] as Step;
    const part = parts[index];
    const isThere = part !== undefined && part !== null;
    if (!isThere && !(step.isNil && (part === null || isNet))) {
      if (part === undefined && !step.isOptional) throw detour;
      continue;
    }
    let { joint } = step;
    if (end !== step.before) {
      at = putPiece(target, end, at);
      joint = step.start;
    }
    at = putPiece(target, joint, at);
    end = step.end;
    const before = at;
    if (isThere) {
      const number = step.isNumber ? (part as number) : step.isWide && typeof part === 'bigint' ? Number(part) : -1;
      if (step.isNumber ? number >> 0 === number : number >= 0 && number <= 9007199254740991) {
        at = putDigits(target, number, at);
        continue;
      }
      if (step.print !== undefined) {
        const text = typeof part === 'string' && (step.isText || isEarlyMoment(part, step.pattern)) ? part : step.print(part);
        at = putText(room(at, text.length * 5 + more), text, at, newline);
      } else at = step.write(part, at);
      target = room(at, more);
      if (at > before || step.isPlain || step.isBare) continue;
    } else hasNil = true;
    // In place of the end of the start tag.
    const last = isThere ? empty : nil;
    at = putPiece(target, last, before - 1);
    end = nothing;
  }
  return putPiece(target, end, at);
}

/** Start tag and end tag of documents, without null in them and with it. */
export interface Ends {
  readonly heads: readonly [plain: Piece, withNil: Piece];
  readonly tail: Piece;
  readonly empty: Piece;
}

/** The document of a value; undefined where it has to be written the long way. */
export function straightly(body: Body, value: unknown, { heads: [plain, withNil], tail, empty }: Ends): string | undefined {
  hasNil = false;
  try {
    const before = put(plain, 0);
    let at = body(value, before);
    at = at > before ? put(tail, at) : put(empty, before - 1);
    return finish(hasNil && withNil.length > plain.length ? replaceStart(plain, withNil, at) : at);
  } catch (error) {
    if (error === detour || error instanceof DataError) return undefined;
    throw error;
  }
}
