import type { AnyCodec } from './codec.js';
/** What XML Schema takes away around a value; `trim` alone would take more. */
export declare function trimmed(text: string): string;
/** Whether a text is white space as XML has it. */
export declare const isBlank: (text: string) => boolean;
/** Whether a codec is that of a scalar: it has a text. */
export declare function isScalar({ print, parse }: AnyCodec): unknown;
/** Whether a codec is that of any text: what is read is what is written. */
export declare function isAnyText({ plain, parse, facts }: AnyCodec): boolean;
/** The value of the text of an element, an attribute or a header. */
export declare function parseText(codec: AnyCodec, text: string): unknown;
