import { type AnyCodec, type Fields, type Json } from '../core/codec.js';
/** Members that are not described, with the name of the member before each. */
export type KeptMembers = readonly (readonly [name: string, value: Json, after: string | undefined])[];
/** Keeps the members of an object that its type does not name, with the value that was read. */
export declare function keepMembers({ members, beyond }: AnyCodec, json: Readonly<Record<string, Json>>, value: Fields): void;
