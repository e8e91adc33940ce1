import { type Json } from '../core/codec.js';
import { reading } from '../core/reading.js';
/** Members that are not described, with the name of the member before each. */
export type KeptMembers = readonly (readonly [name: string, value: Json, after: string | undefined])[];
/** Keeps the members of an object that its type does not name, with the value that was read. */
export declare const keepMembers: NonNullable<typeof reading.keep>;
