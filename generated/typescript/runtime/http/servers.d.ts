import type { Operation } from './model.js';
/** The values of variables that an address has in braces. */
export type Variables = Readonly<Record<string, string>>;
/** An address; where it has variables, with what they are by default. */
export type Address = string | readonly [template: string, defaults: Variables];
/** An address with its variables filled in. Characters that no URL has are encoded. */
export declare function filled(address: Address, variables?: Variables): string;
/**
 * An operation that is at a server of its own. It is called there by clients at one of the `usual` addresses, those of the
 * document, or at none (`connect('')`); whoever gives another address has all operations at that.
 */
export declare function atServer<A, R, F>(operation: Operation<A, R, F>, address: Address, usual?: readonly Address[]): Operation<A, R, F>;
