import { type AnyCodec } from '../core/codec.js';
import type { Place } from './model.js';
import { type Piece } from './octets.js';
/** What is the same in all of a document. */
export interface Setting {
    /** The default namespace. */
    readonly space: string;
    /** The end of a start tag that says null, and of an element with nothing in it. */
    readonly nil: Piece;
    readonly empty: Piece;
    /** What an end of line is written as. */
    readonly newline: string;
    /** Whether null is written for what is not there, as .NET does. */
    readonly isNet: boolean;
}
/** Writes what stands within an element behind an octet, and gives the end. */
export type Body = (value: unknown, at: number) => number;
/** An element of an object that has all that it needs of the tags around it. */
interface Step {
    readonly name: string;
    readonly start: Piece;
    readonly end: Piece;
    /** The end of the element that usually stands before, alone and with its own start. */
    readonly before: Piece;
    readonly joint: Piece;
    /** The text of its scalar, or what stands within. */
    readonly write: Body;
    /** The text of a scalar that is written as any text. */
    readonly print: ((value: unknown) => string) | undefined;
    /** Whether it is any text; whether its text is that of a number of 32 bits, or of a bigint. */
    readonly isText: boolean;
    /** What moments match. */
    readonly pattern: RegExp | undefined;
    readonly isNumber: boolean;
    readonly isWide: boolean;
    /** Whether it is written without text, too, as an element with two tags. */
    readonly isPlain: boolean;
    readonly isBare: boolean;
    readonly isOptional: boolean;
    readonly isNil: boolean;
}
/** Makes the writers of documents that have one namespace and no attributes: nearly all. Others have none. */
export declare class Straight {
    readonly setting: Setting;
    /** What is within each codec; types may contain themselves. */
    readonly known: Map<AnyCodec, Body | undefined>;
    constructor(setting: Setting);
    body(codec: AnyCodec): Body | undefined;
    scalar({ print }: AnyCodec): Body | undefined;
    step(place: Place, name: string, before: string, beforeOctets: Piece): (Step & {
        readonly close: string;
    }) | undefined;
    list(codec: AnyCodec): Body | undefined;
    object({ members, ...codec }: AnyCodec): Body | undefined;
}
/** Start tag and end tag of documents, without null in them and with it. */
export interface Ends {
    readonly heads: readonly [plain: Piece, withNil: Piece];
    readonly tail: Piece;
    readonly empty: Piece;
}
/** The document of a value; undefined where it has to be written the long way. */
export declare function straightly(body: Body, value: unknown, { heads: [plain, withNil], tail, empty }: Ends): string | undefined;
export {};
