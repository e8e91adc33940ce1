import { type AnyCodec, type Codec } from './codec.js';
import type { Facts } from './facts.js';
/** A list. */
export declare function list<T>(item: Codec<T>, facts?: Facts): Codec<T[]>;
/** A list with a codec for each of its first items, and one for the rest. */
export declare function tuple<T>(parts: readonly AnyCodec[], facts?: Facts, rest?: AnyCodec): Codec<T>;
/** An object without named members. */
export declare function map<T>(value: Codec<T>, facts?: Facts, codec?: AnyCodec, required?: readonly string[]): Codec<{
    [name: string]: T;
}>;
