import type { Json, Scalar } from '../core/codec.js';
/** The number of a JSON number, as near as a double comes. */
export declare function numberOf(json: Json | undefined): number;
export declare const int8: Scalar<number>;
export declare const int16: Scalar<number>;
export declare const int32: Scalar<number>;
export declare const uint8: Scalar<number>;
export declare const uint16: Scalar<number>;
export declare const uint32: Scalar<number>;
/** An integer that a double holds exactly. */
export declare const safeInteger: Scalar<number>;
export declare const int64: Scalar<bigint>;
export declare const uint64: Scalar<bigint>;
/** An integer of any size: a number where that is exact, else a bigint. */
export type Integer = number | bigint;
export declare const integer: Scalar<Integer>;
