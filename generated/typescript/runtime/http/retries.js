import { held } from './held.js';
/** Methods that may be repeated: what they do twice is done once (RFC 9110, 9.2.2). */
const repeatable = /* @__PURE__ */ new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);
const passing = /* @__PURE__ */ new Set([408, 425, 429, 502, 503, 504]);
/** Milliseconds that a server asks to wait (RFC 9110, 10.2.3). */
function asked(response) {
    const after = response?.headers.get('retry-after') ?? '';
    if (/^\d+$/.test(after))
        return Number(after) * 1000;
    const date = Date.parse(after);
    return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
function wait(time, signal) {
    return new Promise((resolve, reject) => {
        const stop = () => {
            clearTimeout(timer);
            reject(signal.reason);
        };
        const timer = setTimeout(() => {
            signal.removeEventListener('abort', stop);
            resolve();
        }, time);
        if (signal.aborted)
            stop();
        else
            signal.addEventListener('abort', stop, { once: true });
    });
}
/** A `fetch` that repeats calls which failed and may be repeated: `connect(base, { fetch: retrying() })`. */
// @__NO_SIDE_EFFECTS__
export function retrying(options = {}) {
    const { attempts = 3, pause = 250, longest = 30_000, unsafe = false, fetch: send = (request) => fetch(request) } = options;
    return async (request) => {
        const may = unsafe || repeatable.has(request.method);
        for (let attempt = 1;; attempt++) {
            const last = !may || attempt >= attempts;
            let response;
            try {
                // The body of a request can be sent once: a copy is kept for the next time. Nothing holds the signal of a clone.
                response = await held(send, last ? request : new Request(request.clone(), { signal: request.signal }));
            }
            catch (error) {
                if (last || request.signal.aborted)
                    throw error;
            }
            if (response !== undefined && (last || !passing.has(response.status)))
                return response;
            const time = asked(response) ?? pause * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
            if (response !== undefined && time > longest)
                return response;
            await response?.body?.cancel();
            await wait(Math.min(time, longest), request.signal);
        }
    };
}
