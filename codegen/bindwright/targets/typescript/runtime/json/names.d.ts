/**
 * Refuses a document in which an object has a name twice: `JSON.parse` keeps the last of them, other readers the first
 * (RFC 8259, 4). There is one exactly where the text has more names than what was parsed of it. They are counted by
 * what stands behind them; where a string has a quotation mark before a colon, too, outside of strings alone.
 */
export declare function checkNames(text: string, json: unknown): void;
