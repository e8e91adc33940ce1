import { held } from './held.js';

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

/** Methods that may be repeated: what they do twice is done once (RFC 9110, 9.2.2). */
const repeatable: ReadonlySet<string> = /* @__PURE__ */ new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);
const passing: ReadonlySet<number> = /* @__PURE__ */ new Set([408, 425, 429, 502, 503, 504]);

/** Milliseconds that a server asks to wait (RFC 9110, 10.2.3). */
function asked(response: Response | undefined): number | undefined {
  const after = response?.headers.get('retry-after') ?? '';
  if (/^\d+$/.test(after)) return Number(after) * 1000;
  const date = Date.parse(after);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

function wait(time: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, time);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

/** A `fetch` that repeats calls which failed and may be repeated: `connect(base, { fetch: retrying() })`. */
// @__NO_SIDE_EFFECTS__
export function retrying(options: RetryOptions = {}): (request: Request) => Promise<Response> {
  const { attempts = 3, pause = 250, longest = 30_000, unsafe = false, fetch: send = (request: Request): Promise<Response> => fetch(request) } = options;
  return async (request) => {
    const may = unsafe || repeatable.has(request.method);
    for (let attempt = 1; ; attempt++) {
      const last = !may || attempt >= attempts;
      let response: Response | undefined;
      try {
        // The body of a request can be sent once: a copy is kept for the next time. Nothing holds the signal of a clone.
        response = await held(send, last ? request : new Request(request.clone(), { signal: request.signal }));
      } catch (error) {
        if (last || request.signal.aborted) throw error;
      }
      if (response !== undefined && (last || !passing.has(response.status))) return response;
      const time = asked(response) ?? pause * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
      if (response !== undefined && time > longest) return response;
      await response?.body?.cancel();
      await wait(Math.min(time, longest), request.signal);
    }
  };
}
