/** A signal that ends a call after some milliseconds, or with another signal before that. */
export declare function within(milliseconds: number, signal?: AbortSignal): AbortSignal;
/** A `fetch` that gives a call up after some milliseconds: `connect(base, { fetch: timed(5000) })`; `send` is another one, as `retrying()`. */
export declare function timed(milliseconds: number, send?: (request: Request) => Promise<Response>): (request: Request) => Promise<Response>;
