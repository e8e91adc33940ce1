import type { Json, Scalar } from '../core/codec.js';
/** A decimal number as text, with the scale that it has: `1.50` is not `1.5`. */
export type Decimal = string;
/** Decimals that are written as they are. */
export declare const bareDecimal: RegExp;
/** The digits without an exponent. */
export declare function plainDigits(text: string): string;
/** The spelling of a JSON number. */
export declare function spelling(json: Json): string;
/** The text of a decimal number, which is written without the sign +. */
export declare const decimalOf: (value: string) => string;
export declare const decimal: Scalar<Decimal>;
/** A decimal number that JSON has in a string. */
export declare const quotedDecimal: Scalar<Decimal>;
