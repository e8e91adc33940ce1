import type { Scalar } from '../core/codec.js';
/** A number of XML Schema: INF, -INF and NaN included, and what .NET calls them. */
export declare function parseReal(text: string): number;
/** The text of a number in XML, with digits that a function makes. */
export declare function printReal(value: number, digits: (value: number) => string): string;
/** A double. JSON has none that is no number. */
export declare const double: Scalar<number>;
/** A single; its digits are those of the double that was read. */
export declare const float: Scalar<number>;
