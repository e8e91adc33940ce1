import { held } from './held.js';

/** A signal that ends a call after some milliseconds, or with another signal before that. */
export function within(milliseconds: number, signal?: AbortSignal): AbortSignal {
  const limit = AbortSignal.timeout(milliseconds);
  // A handler keeps the signal: Node 20 forgets one that only others follow.
  limit.onabort = () => undefined;
  return signal === undefined ? limit : AbortSignal.any([signal, limit]);
}

/** A `fetch` that gives a call up after some milliseconds: `connect(base, { fetch: timed(5000) })`; `send` is another one, as `retrying()`. */
// @__NO_SIDE_EFFECTS__
export function timed(milliseconds: number, send: (request: Request) => Promise<Response> = (request) => fetch(request)): (request: Request) => Promise<Response> {
  return (request) => held(send, new Request(request, { signal: within(milliseconds, request.signal) }));
}
