import { actual, kept, own, type AnyCodec, type Codec, type Fields, type Json } from './codec.js';
import type { Facts } from './facts.js';
import { DataError, fail } from './errors.js';
import { isObject } from './object.js';

/** An alternative of a union, with what tells it in JSON. */
export interface Alternative {
  readonly codec: AnyCodec;
  /** The values that it may have. */
  readonly values?: readonly Json[];
  /** Whether other values are read, too, where no other alternative takes them. */
  readonly open?: boolean;
  /** Members that have one of these values where they are there. */
  readonly constants?: Readonly<Record<string, readonly Json[]>>;
  /** Members that have to be there. */
  readonly requires?: readonly string[];
}

/** What tells the alternatives apart. */
export interface UnionOptions {
  readonly discriminator?: string;
  /** Positions of the alternatives by the value of the discriminator. */
  readonly mapping?: Readonly<Record<string, number>>;
  /** The position where the discriminator tells nothing. */
  readonly otherwise?: number;
}

interface Rules extends Omit<Alternative, 'codec'> {
  readonly codec: Codec<never>;
}

/** Whether what the IR says of an alternative holds for a value. */
function admits(rules: Rules, value: unknown): boolean {
  const listed = rules.values === undefined || rules.open === true || rules.values.includes(value as Json);
  const object = typeof value === 'object' && value !== null ? (value as Fields) : undefined;
  if (object === undefined) return listed;
  const constants = Object.entries(rules.constants ?? {}).every(([name, values]) => {
    const part = own(object, name);
    return part === undefined || values.includes(part as Json);
  });
  return listed && constants && (rules.requires ?? []).every((name) => Object.hasOwn(object, name));
}

/** How many members of a value its type does not name. */
function unnamed(value: unknown): number {
  const extra = typeof value === 'object' && value !== null ? (value as Fields)[kept] : undefined;
  return (extra as { json?: readonly unknown[] } | undefined)?.json?.length ?? 0;
}

/** Members of a value that an object's codec does not name. */
function strange(value: unknown, codec: AnyCodec): number {
  let target = codec;
  while (target.inner !== undefined) target = target.inner();
  if (typeof value !== 'object' || value === null || target.members === undefined) return 0;
  const names = new Set(target.members.map((member) => member.name));
  return Object.keys(value).filter((name) => !names.has(name)).length;
}

/** The alternative that takes a value with the fewest members left over, and what it makes of it. */
function best<R>(rules: readonly Rules[], value: unknown, change: (codec: Codec<never>) => R, lost: (result: R, codec: AnyCodec) => number): R {
  let result: { readonly value: R; readonly lost: number } | undefined;
  for (const one of rules) {
    if (!admits(one, value)) continue;
    try {
      const changed = change(one.codec);
      const left = lost(changed, one.codec);
      if (result === undefined || left < result.lost) result = { value: changed, lost: left };
      if (left === 0 && one.open !== true) break;
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
    }
  }
  return result === undefined ? fail('no alternative of the union fits') : result.value;
}

/** One of several types, in the order of trial. */
// @__NO_SIDE_EFFECTS__
export function union<T>(parts: readonly (AnyCodec | Alternative)[], options: UnionOptions = {}, facts: Facts = {}): Codec<T> {
  const rules = (parts as readonly unknown[] as readonly (Codec<never> | Rules)[]).map((part): Rules => ('codec' in part ? part : { codec: part }));
  const told = (value: unknown): Codec<never> | undefined => {
    if (options.discriminator === undefined || typeof value !== 'object' || value === null) return undefined;
    const name = own(value as Fields, options.discriminator);
    if (name === undefined && options.otherwise === undefined) return undefined;
    const position = typeof name === 'string' ? own((options.mapping ?? {}) as Fields, name) : undefined;
    return rules[(position as number | undefined) ?? options.otherwise ?? -1]?.codec ?? fail(`no alternative ${String(name)}`);
  };
  const codec: Codec<T> = {
    read: (json) => (isObject(json) ? told(json) : undefined)?.read(json) ?? best(rules, json, (one): unknown => one.read(json), unnamed) as T,
    write: (value) => {
      const known = told(value) ?? (typeof value === 'object' && value !== null ? ((value as Fields)[actual] as AnyCodec | undefined) : undefined);
      return known !== undefined ? known.write(value as never) : best(rules, value, (one) => one.write(value as never), (_, one) => strange(value, one));
    },
    facts,
    kind: facts.kind,
    parts: rules.map((one) => one.codec),
    told: (value) => {
      const known = told(value);
      return known ?? (typeof value === 'object' && value !== null ? undefined : best(rules, value, (one) => (one.write(value as never), one), () => 0));
    },
  };
  return codec;
}

/** The alternative that a value is written by. */
export function alternativeOf(codec: AnyCodec, value: unknown, write: (codec: AnyCodec) => unknown): AnyCodec {
  return best((codec.parts ?? []).map((part) => ({ codec: part as Codec<never> })), value, (one) => (write(one), one), (_, one) => strange(value, one));
}
