import type { Operation } from './model.js';
/**
 * An operation that is at a server of its own. It is called there by clients at one of the `usual` addresses, those of the
 * document, or at none (`connect('')`); whoever gives another address has all operations at that.
 */
export declare function atServer<A, R, F>(one: Operation<A, R, F>, url: string, usual?: readonly string[]): Operation<A, R, F>;
