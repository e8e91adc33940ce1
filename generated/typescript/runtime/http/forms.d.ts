import type { AnyCodec } from '../core/codec.js';
import type { Body, Client, Format, Writer } from './model.js';
import { type Answers, type Described } from './operation.js';
/** One way of reading and writing a body: a codec in a format, or a body that brings its own code. */
export interface Form {
    readonly mediaType: string | undefined;
    readonly format?: Format | undefined;
    /** The codec in that format, or the body. */
    readonly of: AnyCodec & Body;
}
/** The forms of a body that a client knows, those of its first format first. A codec alone has all its formats. */
export declare function formsOf(described: Described, { formats }: Client): Form[];
/** Answers in ranges of statuses, successes that are not listed, which are as the nearest one with content, and all others. */
export declare function ranges(answers: Answers, status: number): Described | undefined;
/** Reads answers that are more than a codec: by their media type one of several forms. */
export declare function various(described: Described, response: Response, client: Client): Promise<unknown>;
/** Asks for what the formats of the client are called here, and for `others`; who calls may ask for something else. */
export declare function accepts(byFormat: Readonly<Record<string, string>>, ...others: readonly string[]): Writer;
