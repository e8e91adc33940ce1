import type { AnyCodec, Codec, Expected, Optional } from './codec.js';

/** Options of a member that may be absent. */
export interface Absence {
  /** The JSON text of the value that is not written, since absence means it. */
  readonly zero?: string;
  /** The one format that has the member. */
  readonly only?: 'json' | 'xml';
}

/** A member that may be absent; null means the same, unless it is a value of the codec. */
// @__NO_SIDE_EFFECTS__
export function optional<T>(codec: Codec<T>, absence?: Absence): Optional<T> {
  return { codec, optional: true, ...absence };
}

/** A member that is always there on this side, though not in every document of the type. */
// @__NO_SIDE_EFFECTS__
export function expected<T>(codec: Codec<T>): Expected<T> {
  return { inner: () => codec, optional: true };
}

/** Null is a value, too. */
// @__NO_SIDE_EFFECTS__
export function nullable<T>(codec: Codec<T>): Codec<T | null> {
  return { inner: () => codec, nil: true };
}

/** A codec of a module that may not have run yet. */
// @__NO_SIDE_EFFECTS__
export function lazy<T>(codec: () => Codec<T>): Codec<T> {
  return { inner: codec };
}

/** The codec that others stand for, and whether one of them says that null is a value. */
export function resolved(codec: AnyCodec): readonly [codec: AnyCodec, nil: boolean] {
  let nil = false;
  let target = codec;
  for (; target.inner; target = target.inner()) nil ||= !!target.nil;
  return [target, nil];
}
