/** Text of an element, with ends of lines as they are written. */
export declare function escapeText(text: string, newline: string): string;
/** The value of an attribute, in quotes. */
export declare function quoteAttribute(text: string): string;
