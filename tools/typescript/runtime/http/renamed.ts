import { fail } from '../core/errors.js';
import type { CallOptions, Client, Operation } from './model.js';

/** An operation whose arguments may have the names that they had before: `names` has these, with those of today. */
// @__NO_SIDE_EFFECTS__
export function renamed<A, R, F>(operation: Operation<A, R, F>, names: Readonly<Record<string, string>>): Operation<A, R, F> {
  const today = (args: unknown): A => {
    const result = { ...(args as object) } as Record<string, unknown>;
    for (const [older, name] of Object.entries(names)) {
      if (result[older] === undefined) continue;
      if (result[name] !== undefined) fail(`the argument ${name} was called ${older}: expected one of them`);
      result[name] = result[older];
      delete result[older];
    }
    return result as A;
  };
  const call = async (client: Client, args: A, options?: CallOptions): Promise<R> => operation(client, today(args), options);
  const raw: typeof operation.raw = async (client, args, options) => operation.raw(client, today(args), options);
  return Object.assign(call, { raw, today });
}
