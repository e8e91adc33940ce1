/** The value at a JSON pointer (RFC 6901); undefined where there is none. */
export declare function at(value: unknown, pointer: string): unknown;
/** The same value with another one at a JSON pointer; what is on the way is copied. */
export declare function withAt(value: unknown, pointer: string, part: unknown): unknown;
