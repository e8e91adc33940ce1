import type { Writer } from './model.js';
import type { Described } from './operation.js';
/** Writes the argument `body`: as the media type that is asked for, else in the first format of the client that can. */
export declare function sends(described: Described, optional?: boolean): Writer;
