import { type AnyCodec, type Codec, type Json } from './codec.js';
import type { Facts } from './facts.js';
/** An alternative of a union, with what tells it in JSON. */
export interface Alternative {
    readonly codec: AnyCodec;
    /** The values that it may have. */
    readonly values?: readonly Json[];
    /** Whether other values are read, too, where no other alternative takes them. */
    readonly open?: boolean;
    /** Members that have one of these values where they are there. */
    readonly constants?: Readonly<Record<string, readonly Json[]>>;
    /** The same of members that may have others, with which a value is taken where no other alternative takes it. */
    readonly usual?: Readonly<Record<string, readonly Json[]>>;
    /** Members that have to be there. */
    readonly requires?: readonly string[];
    /** An object may have no further members: with others it is taken where no other alternative takes it. */
    readonly closed?: boolean;
}
/** What tells the alternatives apart. */
export interface UnionOptions {
    readonly discriminator?: string;
    /** Positions of the alternatives by the value of the discriminator. */
    readonly mapping?: Readonly<Record<string, number>>;
    /** The position where the discriminator tells nothing. */
    readonly otherwise?: number;
}
/** More than a value has members. */
export declare const many = 1000000;
/** One of several types, in the order of trial. */
export declare function union<T>(parts: readonly (AnyCodec | Alternative)[], options?: UnionOptions, facts?: Facts): Codec<T>;
