import { type CallOptions, type Client, type Operation } from './model.js';
/** What the document says of watching a state. */
export interface WaitFacts {
    /** Where the state is: a JSON pointer into the body, or `$statusCode`. */
    readonly state: string;
    /** States that end it well; absent: all that are not the one it began with. */
    readonly done?: readonly unknown[];
    /** States that end it badly. */
    readonly failed?: readonly unknown[];
    /** Where the progress is, in percent. */
    readonly progress?: string;
    /** Seconds between two looks. */
    readonly interval?: number;
    /** Seconds after which nothing more is awaited. */
    readonly timeout?: number;
}
/** Options of a call that waits. */
export interface WaitOptions extends CallOptions {
    /** Milliseconds between two looks. */
    readonly interval?: number;
    /** Milliseconds after which nothing more is awaited. */
    readonly limit?: number;
}
/** An operation whose state can be watched: by `statesOf`. */
export interface Waiting<in A, out R, in out F> extends Operation<A, R, F> {
    readonly states: WaitFacts;
}
/** The state is one that the document calls a failure. */
export declare class OperationFailed extends Error {
    readonly name = "OperationFailed";
    readonly state: unknown;
    readonly body: unknown;
    constructor(state: unknown, body: unknown);
}
/** It took longer than was to be waited. */
export declare class WaitTimeout extends Error {
    readonly name = "WaitTimeout";
    readonly body: unknown;
    constructor(body: unknown);
}
/** An operation with a state that can be watched. */
export declare function waiting<A, R, F>(operation: Operation<A, R, F>, states: WaitFacts): Waiting<A, R, F>;
/**
 * Calls an operation until its state is one that ends it; every look gives what was answered, the last one too.
 * Throws `OperationFailed` where the state is a failure, `WaitTimeout` where it took too long.
 */
export declare function statesOf<A, R, F>(operation: Waiting<A, R, F>, client: Client, args: A, options?: WaitOptions): AsyncGenerator<R, void>;
