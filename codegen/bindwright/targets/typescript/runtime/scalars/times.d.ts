import type { Scalar } from '../core/codec.js';
/** A moment as the text of the wire, with all its digits. */
export type DateTime = string;
export declare const dateTime: Scalar<DateTime>;
export declare const date: Scalar<string>;
export declare const time: Scalar<string>;
/** A moment with a numeric offset: `+00:00`, never `Z`. */
export declare const dateTimeOffset: Scalar<DateTime>;
/** The moment, to a millisecond; a time without a zone is one of this computer. */
export declare function toDate(moment: DateTime): Date;
/** The text of a moment, in UTC. */
export declare function fromDate(moment: Date): DateTime;
