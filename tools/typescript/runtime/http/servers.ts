import type { CallOptions, Client, Operation } from './model.js';

/** The values of variables that an address has in braces. */
export type Variables = Readonly<Record<string, string>>;

/** An address; where it has variables, with what they are by default. */
export type Address = string | readonly [template: string, defaults: Variables];

/** An address with its variables filled in. Characters that no URL has are encoded. */
export function filled(address: Address, variables: Variables = {}): string {
  const [template = '', defaults = {}] = typeof address === 'string' ? [address] : address;
  const value = (whole: string, name: string): string => encodeURI(variables[name] ?? defaults[name] ?? whole).replace(/%25([\da-f]{2})/gi, '%$1');
  return template.replace(/\{([^{}]+)\}/g, value).replace(/(?<=.)\/+$/, '');
}

/**
 * An operation that is at a server of its own. It is called there by clients at one of the `usual` addresses, those of the
 * document, or at none (`connect('')`); whoever gives another address has all operations at that.
 */
// @__NO_SIDE_EFFECTS__
export function atServer<A, R, F>(operation: Operation<A, R, F>, address: Address, usual: readonly Address[] = []): Operation<A, R, F> {
  const moved = (client: Client): Client => {
    const { base, serverVariables } = client;
    if (base !== '' && !usual.some((other) => filled(other, serverVariables) === base)) return client;
    return { ...client, base: new URL(filled(address, serverVariables), base === '' ? undefined : `${base}/`).href.replace(/\/+$/, '') };
  };
  const call = (client: Client, args: A, options?: CallOptions): Promise<R> => operation(moved(client), args, options);
  const raw: typeof operation.raw = (client, args, options) => operation.raw(moved(client), args, options);
  return Object.assign(call, { raw });
}
