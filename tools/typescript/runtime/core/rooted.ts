import type { AnyCodec, Codec, Scalar } from './codec.js';
import type { Facts } from './facts.js';

/** The same codec with other facts of XML: of a root element, or of members in another namespace. */
// @__NO_SIDE_EFFECTS__
export function rooted<T>(codec: Scalar<T>, facts: Facts): Scalar<T>;
export function rooted<T>(codec: Codec<T>, facts: Facts): Codec<T>;
export function rooted<T>(codec: Codec<T>, facts: Facts): Codec<T> {
  const target: AnyCodec = codec;
  // A codec that is not there yet keeps what it is; only what its root is called is said here.
  if (target.inner !== undefined) return { ...codec, facts };
  return { ...codec, facts: { ...codec.facts, ...facts }, kind: facts.kind ?? codec.kind };
}

/** The codec with other facts of XML, none of which it has of itself. */
// @__NO_SIDE_EFFECTS__
export function variant<T>(codec: Codec<T>, facts: Facts): Codec<T> {
  return { ...codec, facts, kind: facts.kind ?? codec.kind };
}
