import { readJson } from '../json/read.js';
import { reading } from './reading.js';
import type { AnyCodec, Codec, Expected, Json, Optional } from './codec.js';
import { DataError } from './errors.js';
import type { Elements, Node } from './facts.js';
import type { XmlElement } from '../xml/model.js';

/** Options of a member that may be absent. */
export interface Absence {
  /** The JSON text of the value that is not written, since absence means it. */
  readonly zero?: string;
  /** The one format that has the member. */
  readonly only?: 'json' | 'xml';
}

/** Reads a member that may be absent, which null may mean, too. */
const reader = (codec: AnyCodec, only?: string) => (json?: Json): unknown => (json === undefined || only === 'xml' || (json === null && !resolved(codec)[1]) ? undefined : readJson(codec, json));

/** Whether the element that a member cannot read is not refused: of a conditional one it is unknown content, and null of one that may be absent is absence. */
function passes({ members = [], facts }: AnyCodec, child: XmlElement, error: unknown): boolean {
  // What is wrong further within has a path.
  const isNull = error instanceof DataError && error.path === '' && error.why === 'unexpected null';
  const nodes = (facts?.elements as Elements | undefined)?.nodes as readonly Node[] | undefined;
  const isRead = members.find(({ name: of, optional, conditional }) => {
    const { bare, name = of, names = [['', name]] } = nodes?.find((node) => node.of === of) ?? {};
    // Of a list without an element of its own it is an item that is null.
    return (conditional || (isNull && optional && !bare)) && names.some((spelling) => spelling[1] === child.name);
  });
  if (isRead && !isRead.conditional) child.of = null;
  return isRead !== undefined;
}

/** A member that may be absent; null means the same, unless it is a value of the codec. */
// @__NO_SIDE_EFFECTS__
export function optional<T>(codec: Codec<T>, absence?: Absence): Optional<T> {
  reading.passes = passes;
  return { codec, read: reader(codec, absence?.only), optional: true, ...absence };
}

/** A member that is described under a condition alone: of values that it cannot read it is absent, and they are kept as unknown ones are. */
// @__NO_SIDE_EFFECTS__
export function conditional<T>(codec: Codec<T>, absence?: Absence): Optional<T> {
  const member = optional(codec, absence);
  const read = (json: Json): unknown => {
    try {
      return member.read(json);
    } catch {
      return undefined;
    }
  };
  return { ...member, read, conditional: true };
}

/** A member that is always there on this side, though not in every document of the type. */
// @__NO_SIDE_EFFECTS__
export function expected<T>(codec: Codec<T>): Expected<T> {
  reading.passes = passes;
  return { inner: () => codec, read: reader(codec), optional: true };
}

/** Null is a value, too. */
// @__NO_SIDE_EFFECTS__
export function nullable<T>(codec: Codec<T>): Codec<T | null> {
  return { inner: () => codec, read: (json) => (json === null ? json : readJson(codec, json)), nil: true };
}

/** A codec of a module that may not have run yet. */
// @__NO_SIDE_EFFECTS__
export function lazy<T>(codec: () => Codec<T>): Codec<T> {
  return { inner: codec, read: (json) => readJson(codec(), json) };
}

/** The codec that others stand for, and whether one of them says that null is a value. */
export function resolved(codec: AnyCodec): readonly [codec: AnyCodec, nil: boolean] {
  let nil = false;
  let target = codec;
  for (; target.inner; target = target.inner()) nil ||= !!target.nil;
  return [target, nil];
}
