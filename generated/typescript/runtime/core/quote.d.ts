import { type Json } from './codec.js';
/** A string of JSON. */
export declare function quote(text: string): string;
/** The text of a free JSON value. */
export declare function writeFree(json: Json): string;
