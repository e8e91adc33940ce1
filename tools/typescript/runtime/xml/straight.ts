import { actual, kept, type AnyCodec, type Fields } from '../core/codec.js';
import { DataError } from '../core/errors.js';
import { isScalar } from '../core/parse.js';
import { escapeText } from './escape.js';
import type { Place } from './model.js';
import { planOf } from './plan.js';

/** What is the same in all of a document. */
export interface Setting {
  /** The default namespace. */
  readonly space: string;
  /** The end of a start tag that says null, and of an element with nothing in it. */
  readonly nil: string;
  readonly empty: string;
  /** What an end of line is written as. */
  readonly newline: string;
  /** Whether null is written for what is not there, as .NET does. */
  readonly isNet: boolean;
}

/** Writes what stands within an element. */
export type Body = (value: unknown) => string;

/** An element of an object that has all that it needs of the tags around it. */
interface Step {
  readonly name: string;
  readonly start: string;
  readonly end: string;
  /** The end of the element that usually stands before, alone and with its own start. */
  readonly before: string;
  readonly joint: string;
  /** The texts of its scalar, or what stands within. */
  readonly write: Body;
  /** Whether its text is that of a number of 32 bits. */
  readonly isNumber: boolean;
  /** Whether it is written without text, too, as an element with two tags. */
  readonly isPlain: boolean;
  readonly isBare: boolean;
  readonly isOptional: boolean;
  readonly isNil: boolean;
}

/** Thrown where a value has what only the long way writes, or refuses with its place. */
const detour = Symbol('the long way');

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
      this.known.set(codec, (value) => (this.known.get(codec) ?? lost)(value));
      // .NET declares the namespace of what is within on the element around.
      const isHome = (facts?.declares ?? [inside]).every((namespace) => namespace === '' || namespace === this.setting.space);
      this.known.set(codec, !isHome ? undefined : members !== undefined ? this.object(codec) : item && this.list(codec));
    }
    return this.known.get(codec);
  }

  scalar({ print, pattern, low }: AnyCodec): Body | undefined {
    const { newline } = this.setting;
    if (print === undefined) return undefined;
    // What matches a pattern has no markup in it, nor have integers.
    return pattern !== undefined || low !== undefined ? (print as Body) : (value) => escapeText(print(value as never), newline);
  }

  step(place: Place, name: string, before: string): Step | undefined {
    const write = place.bare || (place.namespace === this.setting.space && name !== '') ? this.body(place.codec) : undefined;
    // The members of a bare object stand among the others: a list alone is written so.
    if (write === undefined || place.cdata || (place.bare && planOf(place.codec).item === undefined)) return undefined;
    const [start, end] = place.bare ? ['', ''] : [`<${name}>`, `</${name}>`];
    const { low, plain } = place.codec;
    return { name, start, end, before, joint: before + start, write, isNumber: low === -2147483648, isPlain: plain === true, isBare: place.bare === true, isOptional: false, isNil: place.nil };
  }

  list(codec: AnyCodec): Body | undefined {
    const { item } = planOf(codec);
    const step = item === undefined || item.bare ? undefined : this.step(item, item.name, '');
    if (step === undefined) return undefined;
    const { start, end, name, write, isPlain } = step;
    const empty = `<${name}${this.setting.empty}`;
    return (value) => {
      if (!Array.isArray(value) || (value as unknown as Fields)[kept] !== undefined) throw detour;
      let text = '';
      for (let index = 0; index < value.length; index++) {
        const part: unknown = value[index];
        if (part === undefined || part === null) throw detour;
        const written = write(part);
        text += written !== '' || isPlain ? start + written + end : empty;
      }
      return text;
    };
  }

  object({ members = [], ...codec }: AnyCodec): Body | undefined {
    const steps: Step[] = [];
    for (const place of planOf({ members, ...codec }).places) {
      const member = members.find((one) => one.name === place.of);
      const step = member?.zero === undefined ? this.step(place, place.name, steps.at(-1)?.end ?? '') : undefined;
      if (member === undefined || step === undefined || place.of in Object.prototype) return undefined;
      steps.push({ ...step, name: place.of, isOptional: member.optional === true });
    }
    const { setting } = this;
    return (value) => writeObject(steps, value, setting);
  }
}

function lost(): never {
  throw detour;
}

function writeObject(steps: readonly Step[], value: unknown, { nil, empty, isNet }: Setting): string {
  const fields = value as Fields;
  if (typeof value !== 'object' || value === null || fields[kept] !== undefined || fields[actual] !== undefined) throw detour;
  let text = '';
  /** The end tag of the element before, which is not written yet. */
  let end = '';
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index] as Step;
    const part = fields[step.name];
    if (part !== undefined && part !== null) {
      const written = step.isNumber && (part as number) >> 0 === part ? `${part}` : step.write(part);
      if (written !== '' || step.isPlain || step.isBare) {
        text += end === step.before ? step.joint + written : end + step.start + written;
        end = step.end;
        continue;
      }
      text += `${end}<${step.start.slice(1, -1)}${empty}`;
      end = '';
    } else if (step.isNil && (part === null || isNet)) {
      hasNil = true;
      text += `${end}${step.start.slice(0, -1)}${nil}`;
      end = '';
    } else if (part === undefined && !step.isOptional) throw detour;
  }
  return text + end;
}

/** The content of a value, and whether it has null in it; undefined where it has to be written the long way. */
export function straightly(body: Body, value: unknown): { readonly text: string; readonly hasNil: boolean } | undefined {
  hasNil = false;
  try {
    const text = body(value);
    return { text, hasNil };
  } catch (error) {
    if (error === detour || error instanceof DataError) return undefined;
    throw error;
  }
}
