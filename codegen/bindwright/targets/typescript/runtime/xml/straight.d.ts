import { type AnyCodec } from '../core/codec.js';
import type { Place } from './model.js';
/** What is the same in all of a document. */
export interface Setting {
    /** The default namespace. */
    readonly space: string;
    /** The end of a start tag that says null, and of an element with nothing in it. */
    readonly nil: string;
    readonly empty: string;
    /** What an end of line is written as. */
    readonly newline: string;
    /** Whether null is written for what is not there, as .NET does. */
    readonly isNet: boolean;
}
/** Writes what stands within an element. */
export type Body = (value: unknown) => string;
/** An element of an object that has all that it needs of the tags around it. */
interface Step {
    readonly name: string;
    readonly start: string;
    readonly end: string;
    /** The end of the element that usually stands before, alone and with its own start. */
    readonly before: string;
    readonly joint: string;
    /** The texts of its scalar, or what stands within. */
    readonly write: Body;
    /** Whether its text is that of a number of 32 bits. */
    readonly isNumber: boolean;
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
    scalar({ print, pattern, low }: AnyCodec): Body | undefined;
    step(place: Place, name: string, before: string): Step | undefined;
    list(codec: AnyCodec): Body | undefined;
    object({ members, ...codec }: AnyCodec): Body | undefined;
}
/** The content of a value, and whether it has null in it; undefined where it has to be written the long way. */
export declare function straightly(body: Body, value: unknown): {
    readonly text: string;
    readonly hasNil: boolean;
} | undefined;
export {};
