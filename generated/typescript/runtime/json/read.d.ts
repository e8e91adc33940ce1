import type { AnyCodec, Json, MemberFacts } from '../core/codec.js';
/** Reads a JSON value by a codec. */
export declare function readJson(codec: AnyCodec, json: Json): unknown;
/** Whether a JSON value is an object; numbers with a spelling are `Number`s. */
export declare function isObject(json: Json): json is Record<string, Json>;
/** Reads a member of an object; what is wrong with it is told with its name. Undefined: it is absent. */
export declare function readMember({ name, codec, read, optional }: MemberFacts, json: Json | undefined): unknown;
