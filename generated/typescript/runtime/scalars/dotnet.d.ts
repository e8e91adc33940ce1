import type { Scalar } from '../core/codec.js';
import { type Decimal } from './decimals.js';
export declare const dotnetDouble: Scalar<number>;
export declare const dotnetFloat: Scalar<number>;
export declare const dotnetDecimal: Scalar<Decimal>;
/** A truth value as .NET has it in keys; `true` and `false` are read, too. */
export declare const dotnetBoolean: Scalar<boolean>;
/** A character: one unit of UTF-16. */
export declare const char: Scalar<string>;
/** A character, which XML has as its number. */
export declare const charCode: Scalar<string>;
/** A TimeSpan: `d.hh:mm:ss.fffffff`; XML has it as a duration. */
export declare const dotnetTimeSpan: Scalar<string>;
/** A URI that .NET writes in its own spelling. */
export declare const dotnetUri: Scalar<string>;
