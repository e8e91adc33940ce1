/** The text of octets; UTF-8 if nothing else is said. */
export declare function decode(document: Uint8Array, encoding?: string): string;
