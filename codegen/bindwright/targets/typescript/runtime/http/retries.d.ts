/** How often, and how soon, a call is repeated. */
export interface RetryOptions {
    /** Calls in all. */
    readonly attempts?: number;
    /** Milliseconds before the second call; each further pause is twice as long. */
    readonly pause?: number;
    /** Milliseconds that a server may ask to wait for; more is not waited. */
    readonly longest?: number;
    /** Repeat POST and PATCH, too, when there was no answer or one that says so. */
    readonly unsafe?: boolean;
    readonly fetch?: (request: Request) => Promise<Response>;
}
/** A `fetch` that repeats calls which failed and may be repeated: `connect(base, { fetch: retrying() })`. */
export declare function retrying(options?: RetryOptions): (request: Request) => Promise<Response>;
