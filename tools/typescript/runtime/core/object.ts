import { put, type AnyCodec, type Beyond, type Codec, type Json, type MemberFacts, type Members, type Optional, type Sharing } from './codec.js';
import { fail } from './errors.js';
import type { Facts } from './facts.js';
import { resolved } from './members.js';

/** What else JSON says of an object. */
export interface ObjectOptions {
  /** Members that are not described are refused. */
  readonly closed?: boolean;
  /** What members are that are not described. */
  readonly additional?: AnyCodec;
  /** What members are whose name matches. */
  readonly patterns?: readonly (readonly [pattern: string, codec: AnyCodec])[];
  /** Members that only the other side has. */
  readonly beside?: Readonly<Record<string, AnyCodec | { readonly codec: AnyCodec }>>;
  /** The member that tells the type, and the types that it tells. */
  readonly discriminator?: string;
  readonly mapping?: () => Readonly<Record<string, AnyCodec>>;
  readonly otherwise?: () => AnyCodec;
  readonly sharing?: Sharing;
  /** The order of the members, where they are not given in it. */
  readonly order?: readonly string[];
  /** Names that have to be there without being members. */
  readonly required?: readonly string[];
}

type Table = Readonly<Record<string, AnyCodec | Optional<unknown>>>;

/** Members with their names; what says nothing else of itself is a codec. */
function listed(members: Table): MemberFacts[] {
  return Object.entries(members).map(([name, member]) => ({ codec: member as AnyCodec, ...member, name }));
}

/** An object with named members. The first argument is JSON, in written order; the second is XML. */
// @__NO_SIDE_EFFECTS__
export function object<T, A = T>(members: Members<T>, facts?: Facts): Codec<A> {
  return { members: listed(members as unknown as Table), facts };
}

/** An object that has more than named members. */
// @__NO_SIDE_EFFECTS__
export function objectWith<T, A = T>(members: Members<T>, facts: Facts, options: ObjectOptions): Codec<A> {
  const table: Record<string, AnyCodec | Optional<unknown>> = { ...(members as unknown as Table) };
  // A document may have what only the other side sends: it is kept, and written again.
  for (const [name, codec] of Object.entries(options.beside ?? {})) table[name] = { codec: codec as Codec<unknown>, ...codec, optional: true };
  const names = [...new Set([...(options.order ?? []), ...Object.keys(table)])].filter((name) => !(options.sharing?.names.includes(name) ?? false));
  const all = listed(Object.fromEntries(names.map((name) => [name, table[name] as AnyCodec])));
  const { closed, additional, patterns, sharing, required } = options;
  const further: Beyond['further'] = additional === undefined && patterns === undefined ? undefined : (name) => patterns?.find(([pattern]) => new RegExp(pattern, 'u').test(name))?.[1] ?? additional;
  const takes = (name: string): boolean => further?.(name) !== undefined || sharing?.names.includes(name) === true;
  const beyond: Beyond = {
    closed,
    additional,
    further,
    takes,
    rest: (json, value, read) => {
      const others = Object.keys(json).filter((name) => !all.some((member) => member.name === name && member.only !== 'xml'));
      for (const name of others) {
        const codec = further?.(name);
        if (codec !== undefined) put(value, name, read(codec, json[name] as Json, name));
        else if (closed === true && !takes(name)) fail(`a member ${name} more`);
      }
      return others.filter(takes).length;
    },
    before: (json, value, codec, read) => {
      const other = told(json, options);
      if (other !== undefined && resolved(other)[0] !== codec) return read(other, json);
      for (const name of required ?? []) if (!Object.hasOwn(json, name)) fail(`no member ${name}`);
      return sharing?.known(json, value);
    },
    begin: (value, codec, write) => {
      const other = told(value, options);
      return other !== undefined && resolved(other)[0] !== codec ? { whole: write(other, value) } : sharing?.write(value);
    },
  };
  return { members: all, facts, beyond };
}

/** The codec that the discriminator tells. */
function told(value: Readonly<Record<string, unknown>>, options: ObjectOptions): AnyCodec | undefined {
  const name = Object.hasOwn(value, options.discriminator ?? '') ? value[options.discriminator ?? ''] : undefined;
  if (options.mapping === undefined) return undefined;
  const mapping = options.mapping();
  return typeof name === 'string' && Object.hasOwn(mapping, name) ? mapping[name] : options.otherwise?.();
}
