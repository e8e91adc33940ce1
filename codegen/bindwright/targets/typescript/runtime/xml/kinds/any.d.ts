import type { AnyCodec, Codec, Json } from '../../core/codec.js';
import type { Kind } from '../../core/facts.js';
/** A value of any type: `xsi:type` tells it, else it is as its elements say. */
export declare function freeKind(known: () => readonly AnyCodec[], asMap?: boolean): Kind;
/** Any value, with the types that `xsi:type` may name beside the built-in ones. */
export declare function anyOf(known: () => readonly AnyCodec[]): Codec<Json>;
/** A map of any values, whose elements are as they say. */
export declare function anyMap(known: () => readonly AnyCodec[]): Kind;
