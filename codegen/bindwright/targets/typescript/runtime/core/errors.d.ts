/** What is wrong with a document or a value, and where: `path` is a JSON pointer to it. */
export declare class DataError extends Error {
    readonly name = "DataError";
    path: string;
    readonly why: string;
    constructor(why: string);
}
/** Refuse a document or a value. */
export declare function fail(why: string): never;
/** What is thrown instead of an error of the engine: it refuses octets that are no UTF-8, texts that are no JSON, and values too deep within each other for its stack. */
export declare function refused(error: unknown): DataError;
/** The error with one more step of the path before those that it has. */
export declare function within(error: unknown, step: string | number): unknown;
