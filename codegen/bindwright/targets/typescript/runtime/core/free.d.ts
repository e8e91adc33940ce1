import type { AnyCodec, Codec, Json, Scalar } from './codec.js';
import type { Facts, Name } from './facts.js';
/** A value of XML whose type stood in `xsi:type`, where JSON alone would not tell it. */
export declare class Typed {
    /** The name that `xsi:type` had. */
    readonly type: Name;
    readonly codec: AnyCodec;
    readonly value: unknown;
    constructor(type: Name, codec: AnyCodec, value: unknown);
}
/** Any value. */
export declare function anything(facts?: Facts): Codec<Json>;
/** Any value of JSON; XML has it in `anyOf`. */
export declare const any: Codec<Json>;
/** No value. */
export declare const never: Codec<never>;
/** Null alone. */
export declare const nothing: Scalar<null>;
/** A value of an enum of several types. */
export declare const value: Scalar<string | number | boolean>;
/** An enum of values of several types, which XML has as texts. */
export declare function values<T extends string | number | boolean>(listed: readonly T[], open: 'open' | 'closed', facts?: Facts): Scalar<T>;
