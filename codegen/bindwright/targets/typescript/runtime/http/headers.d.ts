import { type Codec, type Members } from '../core/codec.js';
/** Reads the headers of an answer; one that is not there, though it has to be, is refused. */
export type ReadHeaders<T> = (response: {
    readonly headers: Headers;
}) => T;
/** A header that is a JSON text. */
export declare function inJson<T>(codec: Codec<T>): Codec<T>;
/** The headers of one answer, as the document describes them. */
export declare function headers<T>(members: Members<T>): ReadHeaders<T>;
