/**
 * Sends a request; the answer holds it, and those by way of which it was sent: Node forgets the signal of a request that
 * nobody holds.
 */
export declare function held(send: (request: Request) => Promise<Response>, request: Request): Promise<Response>;
