import type { AnyCodec, Scalar } from './codec.js';
import type { Facts } from './facts.js';
/** Listed values; an open enum takes others as they are. */
export declare function enumeration<T>(base: AnyCodec, values: readonly T[], open: 'open' | 'closed', facts?: Facts): Scalar<T>;
/** An enum with a number in JSON and a name in XML (`x-dcs-enum`). */
export declare function names<T extends number | bigint>(base: AnyCodec, table: Readonly<Record<string, T>>, facts?: Facts): Scalar<T>;
/** An enum of bits: a number in JSON, names with blanks between in XML (`x-dcs-flags`). */
export declare function flags<T extends number | bigint>(base: AnyCodec, table: Readonly<Record<string, T>>, facts?: Facts): Scalar<T>;
