/** The octets of a text. */
export declare function octetsOf(text: string): Uint8Array;
/** The octets, with room for some more behind those that are written. */
export declare function room(at: number, more: number): Uint8Array;
/** Writes a text, escaped, where there is room for five octets a character; `newline` is what an end of line is written as. Gives the end. */
export declare function putText(target: Uint8Array, text: string, at: number, newline: string): number;
/** Writes the digits of a whole number that is exact, where there is room for 17. Gives the end. */
export declare function putDigits(target: Uint8Array, whole: number, start: number): number;
/** The text of the octets up to an end. */
export declare function finish(end: number): string;
