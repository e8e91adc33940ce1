import type { Sharing } from './codec.js';
/** Each object is written once, with an id, and referred to after. */
export declare function sharing(id: string, reference: string): Sharing;
