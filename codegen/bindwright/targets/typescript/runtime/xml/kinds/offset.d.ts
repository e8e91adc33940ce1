import type { Scalar } from '../../core/codec.js';
import { type DateTime } from '../../scalars/times.js';
/** A moment with an offset, which XML has as .NET's DateTimeOffset: two elements. */
export declare const dotnetOffset: Scalar<DateTime>;
