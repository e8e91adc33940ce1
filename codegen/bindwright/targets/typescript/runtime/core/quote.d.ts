import { type Json } from './codec.js';
/** A string of JSON. U+0085, U+2028 and U+2029 are escaped, as .NET does. */
export declare function quote(text: string): string;
/** The text of a free JSON value. */
export declare function writeFree(json: Json): string;
