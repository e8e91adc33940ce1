import type { Operation } from './model.js';
/** An operation whose arguments may have the names that they had before: `names` has these, with those of today. */
export declare function renamed<A, R, F>(operation: Operation<A, R, F>, names: Readonly<Record<string, string>>): Operation<A, R, F>;
