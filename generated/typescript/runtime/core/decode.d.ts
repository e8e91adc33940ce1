/** The text of octets; UTF-8 if nothing else is said. Throws what the engine throws where they are none. */
export declare function decode(document: BufferSource, encoding?: string): string;
