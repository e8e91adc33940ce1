import { type AnyCodec, type Json } from '../core/codec.js';
/** Reads a JSON text by a codec, a second time where it says that digits counted; `check` is called with what the text holds. */
export declare function readExactly(codec: AnyCodec, text: string, check?: (text: string, json: Json) => void): unknown;
/**
 * What may set `reading.again`. Answers are read so wherever one of these is a part of the program, and without the code
 * for it elsewhere.
 */
export declare function exact<T>(what: T): T;
/**
 * Parses JSON so that no digit is lost, nor the order of names that are integers: numbers that JavaScript would spell
 * in another way, and such names, are marked in the text first. It is slower than `JSON.parse`, and is used for texts
 * only where that makes a difference; the text has to be JSON.
 */
export declare function parseExactly(text: string): Json;
