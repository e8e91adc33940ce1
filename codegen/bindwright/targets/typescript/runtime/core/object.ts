import { actual, kept, namesOf, own, put, type AnyCodec, type Codec, type Fields, type Json, type MemberFacts, type Members, type Optional } from './codec.js';
import { fail, within } from './errors.js';
import { resolved } from './members.js';
import { Digits, exactness } from './exact.js';
import { quote, writeJson } from './quote.js';
import type { Facts } from './facts.js';

/** Objects that refer to each other (`$id`, `$ref`). */
export interface Sharing {
  /** The object that stands here for one that was read before. */
  readonly known: (json: Record<string, Json>) => object | undefined;
  readonly begin: (json: Record<string, Json>, value: object) => void;
  /** The text of a reference, or of the id with which an object begins. */
  readonly write: (value: object) => { readonly reference: string } | { readonly id: string };
  readonly names: readonly string[];
}

/** What else JSON says of an object. */
export interface ObjectOptions {
  /** Members that are not described are refused. */
  readonly closed?: boolean;
  /** What members are that are not described. */
  readonly additional?: AnyCodec;
  /** The member that tells the type, and the types that it tells. */
  readonly discriminator?: string;
  readonly mapping?: () => Readonly<Record<string, AnyCodec>>;
  readonly otherwise?: () => AnyCodec;
  readonly sharing?: Sharing;
  /** Members that only the other side has. */
  readonly beside?: Readonly<Record<string, AnyCodec | Optional<never>>>;
  /** What members are whose name matches. */
  readonly patterns?: readonly (readonly [pattern: string, codec: AnyCodec])[];
  /** The order of the members, where the members are not given in it. */
  readonly order?: readonly string[];
  /** Names that have to be there without being members. */
  readonly required?: readonly string[];
}

/** Members that are not described, with the name of the member before each. */
export type KeptMembers = readonly (readonly [name: string, value: Json, after: string | undefined])[];

function memberOf(name: string, member: AnyCodec | Optional<unknown>): MemberFacts {
  const absence = 'optional' in member ? (member as Optional<unknown>) : undefined;
  return {
    name,
    codec: absence?.optional ?? (member as AnyCodec),
    optional: absence !== undefined || 'expected' in member,
    zero: absence?.zero,
    only: absence?.only,
    quoted: `${quote(name)}:`,
    inherited: name in Object.prototype,
  };
}

/** Whether a JSON value is an object. */
export function isObject(json: Json): json is Record<string, Json> {
  return typeof json === 'object' && json !== null && !Array.isArray(json) && !(json instanceof Digits);
}

/** An object with named members. The first argument is JSON, in written order; the second is XML. */
// @__NO_SIDE_EFFECTS__
export function object<T>(members: Members<T>, facts?: Facts, options: ObjectOptions = {}): Codec<T> {
  const table = { ...(members as unknown as Record<string, AnyCodec | Optional<unknown>>) };
  // A document may have what only the other side sends: it is kept, and written again.
  for (const [name, codec] of Object.entries(options.beside ?? {})) table[name] = 'optional' in codec ? (codec as unknown as Optional<unknown>) : { optional: codec as unknown as Codec<unknown> };
  const shared = options.sharing?.names ?? [];
  const list = [...new Set([...(options.order ?? []), ...Object.keys(table)])].filter((name) => !shared.includes(name)).map((name) => memberOf(name, table[name] as AnyCodec));
  const inJson = Object.fromEntries(list.filter((member) => member.only !== 'xml').map((member) => [member.name, member]));
  const codec: Codec<T> = {
    read: (json) => {
      if (!isObject(json)) return fail('expected an object');
      const other = options.mapping === undefined ? undefined : told(json, options);
      if (other !== undefined && other !== codec) return other.read(json) as T;
      const known = options.sharing?.known(json);
      if (known !== undefined) return known as T;
      const value: Fields = {};
      options.sharing?.begin(json, value);
      let count = 0;
      for (const member of list) {
        const { name } = member;
        const part = member.inherited ? (own(json, name) as Json | undefined) : json[name];
        if (part === undefined || member.only === 'xml') {
          if (!member.optional) fail(`no member ${name}`);
          continue;
        }
        count++;
        if (part === null && member.optional && !resolved(member.codec)[1]) continue;
        try {
          put(value, name, member.codec.read(part));
        } catch (error) {
          throw within(error, name);
        }
      }
      if (Object.keys(json).length > count) rest(json, value, inJson, options);
      for (const name of options.required ?? []) if (!Object.hasOwn(json, name)) fail(`no member ${name}`);
      return value as T;
    },
    write: (given) => {
      if (typeof given !== 'object' || given === null) return fail('expected an object');
      const value = given as Fields;
      const other = (value[actual] as AnyCodec | undefined) ?? (options.mapping === undefined ? undefined : told(value as Record<string, Json>, options));
      if (other !== undefined && other !== codec) return other.write(value as never);
      const id = options.sharing?.write(value);
      if (id !== undefined && 'reference' in id) return id.reference;
      const unknown = (value[kept] as { json?: KeptMembers } | undefined)?.json;
      let text = id?.id ?? '';
      if (unknown !== undefined) text += woven(unknown, undefined);
      for (const member of list) {
        const part = member.inherited ? own(value, member.name) : value[member.name];
        if (part === undefined) {
          if (!member.optional) fail(`no member ${member.name}`);
        } else if (member.only !== 'xml') {
          try {
            const written = member.codec.write(part as never);
            if (written !== member.zero) text += `,${member.quoted}${written}`;
          } catch (error) {
            throw within(error, member.name);
          }
        }
        if (unknown !== undefined) text += woven(unknown, member.name);
      }
      if (options.additional !== undefined || options.patterns !== undefined) text += further(value, table, options);
      return `{${text.slice(1)}}`;
    },
    facts,
    closed: options.closed,
    additional: options.additional,
    members: list,
  };
  return codec;
}

/** The codec that the discriminator tells. */
function told(value: Record<string, Json>, options: ObjectOptions): AnyCodec | undefined {
  const name = own(value, options.discriminator ?? '');
  return ((typeof name === 'string' ? own(options.mapping?.() ?? {}, name) : undefined) as AnyCodec | undefined) ?? options.otherwise?.();
}

/** Members that are not described. */
function rest(json: Record<string, Json>, value: Fields, table: object, options: ObjectOptions): void {
  const unknown: [string, Json, string | undefined][] = [];
  let after: string | undefined;
  for (const name of namesOf(json)) {
    if (!Object.hasOwn(table, name) && !(options.sharing?.names.includes(name) ?? false)) {
      const part = json[name] as Json;
      const codec = furtherCodec(name, options);
      if (codec !== undefined) {
        try {
          put(value, name, codec.read(part));
        } catch (error) {
          throw within(error, name);
        }
      } else if (options.closed === true) fail(`a member ${name} that is not described`);
      else unknown.push([name, part, after]);
      exactness.counts = true;
    }
    after = name;
  }
  if (unknown.length > 0) value[kept] = { json: unknown };
}

/** The members that stood behind another one, and those that stood behind them. */
function woven(unknown: KeptMembers, after: string | undefined): string {
  return unknown.map(([name, json, before]) => (before === after ? `,${quote(name)}:${writeJson(json)}${woven(unknown, name)}` : '')).join('');
}

/** The codec of a member without a name of its own. */
function furtherCodec(name: string, options: ObjectOptions): AnyCodec | undefined {
  return options.patterns?.find(([pattern]) => new RegExp(pattern, 'u').test(name))?.[1] ?? options.additional;
}

function further(value: Fields, table: object, options: ObjectOptions): string {
  let text = '';
  for (const name of namesOf(value)) {
    const part = value[name];
    if (!Object.hasOwn(table, name) && part !== undefined) {
      try {
        const codec = furtherCodec(name, options) ?? fail('a member that is not described');
        text += `,${quote(name)}:${codec.write(part as never)}`;
      } catch (error) {
        throw within(error, name);
      }
    }
  }
  return text;
}
