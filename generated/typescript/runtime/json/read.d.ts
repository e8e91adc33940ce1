import { type AnyCodec, type Json } from '../core/codec.js';
/** Whether a JSON value is an object; numbers with a spelling are `Number`s. */
export declare function isObject(json: Json): json is Record<string, Json>;
/** Reads a JSON value by a codec. */
export declare function readJson(codec: AnyCodec, json: Json): unknown;
/** Reads a part; what is wrong with it is told with its place. */
export declare function step(codec: AnyCodec, part: Json, place: string | number): unknown;
