/** Sends a request and holds it while its answer is read: Node forgets the signal of a request that nobody holds. */
export declare function held(send: (request: Request) => Promise<Response>, request: Request): Promise<Response>;
