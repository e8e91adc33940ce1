import { type Json } from '../core/codec.js';
/** What a codec sets where digits count. */
export declare const exactly: (text: string) => Json | undefined;
/**
 * Parses JSON so that no digit is lost, nor the order of names that are integers: numbers that JavaScript would spell
 * in another way, and such names, are marked in the text first. It is slower than `JSON.parse`, and is used for texts
 * only where that makes a difference; the text has to be JSON.
 */
export declare function parseExactly(text: string): Json;
