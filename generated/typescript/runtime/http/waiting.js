import { ApiError } from './model.js';
import { at } from './pointer.js';
/** The state is one that the document calls a failure. */
export class OperationFailed extends Error {
    name = 'OperationFailed';
    state;
    body;
    constructor(state, body) {
        super(`ended as ${String(state)}`);
        this.state = state;
        this.body = body;
    }
}
/** It took longer than was to be waited. */
export class WaitTimeout extends Error {
    name = 'WaitTimeout';
    body;
    constructor(body) {
        super('it has not ended in time');
        this.body = body;
    }
}
/** Failures of the server in a row after which no further look is taken. */
const patience = 3;
/** An operation with a state that can be watched. */
// @__NO_SIDE_EFFECTS__
export function waiting(operation, states) {
    return Object.assign(operation, { states });
}
/**
 * Calls an operation until its state is one that ends it; every look gives what was answered, the last one too.
 * Throws `OperationFailed` where the state is a failure, `WaitTimeout` where it took too long.
 */
export async function* statesOf(operation, client, args, options = {}) {
    const facts = operation.states;
    const interval = options.interval ?? (facts.interval ?? 1) * 1000;
    const end = Date.now() + (options.limit ?? (facts.timeout ?? 600) * 1000);
    let begun;
    let last;
    for (let failures = 0;;) {
        const answer = await look(operation, client, args, options);
        if (answer === undefined) {
            if (++failures >= patience)
                await operation(client, args, options);
        }
        else {
            failures = 0;
            last = answer.body;
            const state = facts.state === '$statusCode' ? answer.status : at(answer.body, facts.state);
            begun ??= { state };
            yield answer.body;
            if (listed(facts.failed, state))
                throw new OperationFailed(state, answer.body);
            if (facts.done === undefined ? state !== begun.state : listed(facts.done, state))
                return;
        }
        if (Date.now() + interval > end)
            throw new WaitTimeout(last);
        await pause(interval, options.signal);
    }
}
/** One look; undefined where the server or the connection failed, which is no end. */
async function look(operation, client, args, options) {
    try {
        const answer = await operation.raw(client, args, options);
        if (answer.ok)
            return answer;
        if (answer.response.status < 500)
            throw new ApiError(answer.response.status, answer.body, answer.response);
    }
    catch (error) {
        if (!(error instanceof TypeError))
            throw error;
    }
    return undefined;
}
function listed(states, state) {
    return states?.some((listedState) => listedState === state || (typeof state === 'bigint' && typeof listedState === 'number' && BigInt(listedState) === state)) === true;
}
function pause(milliseconds, signal) {
    return new Promise((resolve, reject) => {
        const stop = () => {
            clearTimeout(timer);
            reject(signal?.reason);
        };
        const timer = setTimeout(() => {
            signal?.removeEventListener('abort', stop);
            resolve();
        }, milliseconds);
        if (signal?.aborted === true)
            stop();
        else
            signal?.addEventListener('abort', stop, { once: true });
    });
}
