import type { CallOptions, Client, Operation } from './model.js';

/**
 * An operation that is at a server of its own. It is called there by clients at one of the `usual` addresses, those of the
 * document, or at none (`connect('')`); whoever gives another address has all operations at that.
 */
// @__NO_SIDE_EFFECTS__
export function atServer<A, R, F>(one: Operation<A, R, F>, url: string, usual: readonly string[] = []): Operation<A, R, F> {
  const moved = (client: Client): Client =>
    client.base === '' || usual.includes(client.base) ? { ...client, base: new URL(url, client.base === '' ? undefined : `${client.base}/`).href.replace(/\/+$/, '') } : client;
  const call = (client: Client, args: A, options?: CallOptions): Promise<R> => one(moved(client), args, options);
  const raw: typeof one.raw = (client, args, options) => one.raw(moved(client), args, options);
  return Object.assign(call, { raw });
}
