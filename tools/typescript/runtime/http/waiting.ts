import { ApiError, type CallOptions, type Client, type Operation } from './model.js';
import { at } from './pointer.js';

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
export class OperationFailed extends Error {
  override readonly name = 'OperationFailed';
  readonly state: unknown;
  readonly body: unknown;
  constructor(state: unknown, body: unknown) {
    super(`ended as ${String(state)}`);
    this.state = state;
    this.body = body;
  }
}

/** It took longer than was to be waited. */
export class WaitTimeout extends Error {
  override readonly name = 'WaitTimeout';
  readonly body: unknown;
  constructor(body: unknown) {
    super('it has not ended in time');
    this.body = body;
  }
}

/** Failures of the server in a row after which no further look is taken. */
const patience = 3;

/** An operation with a state that can be watched. */
// @__NO_SIDE_EFFECTS__
export function waiting<A, R, F>(operation: Operation<A, R, F>, states: WaitFacts): Waiting<A, R, F> {
  return Object.assign(operation, { states });
}

/**
 * Calls an operation until its state is one that ends it; every look gives what was answered, the last one too.
 * Throws `OperationFailed` where the state is a failure, `WaitTimeout` where it took too long.
 */
export async function* statesOf<A, R, F>(operation: Waiting<A, R, F>, client: Client, args: A, options: WaitOptions = {}): AsyncGenerator<R, void> {
  const facts = operation.states;
  const interval = options.interval ?? (facts.interval ?? 1) * 1000;
  const end = Date.now() + (options.limit ?? (facts.timeout ?? 600) * 1000);
  let begun: { readonly state: unknown } | undefined;
  let last: R | undefined;
  for (let failures = 0; ; ) {
    const answer = await look(operation, client, args, options);
    if (answer === undefined) {
      if (++failures >= patience) await operation(client, args, options);
    } else {
      failures = 0;
      last = answer.body;
      const state = facts.state === '$statusCode' ? answer.status : at(answer.body, facts.state);
      begun ??= { state };
      yield answer.body;
      if (listed(facts.failed, state)) throw new OperationFailed(state, answer.body);
      if (facts.done === undefined ? state !== begun.state : listed(facts.done, state)) return;
    }
    if (Date.now() + interval > end) throw new WaitTimeout(last);
    await pause(interval, options.signal);
  }
}

/** One look; undefined where the server or the connection failed, which is no end. */
async function look<A, R, F>(operation: Operation<A, R, F>, client: Client, args: A, options: CallOptions): Promise<{ readonly status: number; readonly body: R } | undefined> {
  try {
    const answer = await operation.raw(client, args, options);
    if (answer.ok) return answer;
    if (answer.response.status < 500) throw new ApiError<F>(answer.response.status, answer.body, answer.response);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  return undefined;
}

function listed(states: readonly unknown[] | undefined, state: unknown): boolean {
  return states?.some((listedState) => listedState === state || (typeof state === 'bigint' && typeof listedState === 'number' && BigInt(listedState) === state)) === true;
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted === true) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
