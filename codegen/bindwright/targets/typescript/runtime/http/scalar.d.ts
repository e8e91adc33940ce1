import type { AnyCodec } from '../core/codec.js';
import type { Client, Draft, Parameter } from './model.js';
/** Adds the parts of a parameter to a request. */
export type Put = (draft: Draft, parts: readonly string[], name: string) => void;
/** Everything but unreserved characters is encoded (RFC 3986, 2.3). */
export declare function percent(text: string): string;
/** Puts a text into the path. */
export declare const addSegment: Put;
/** Adds pairs to the header of cookies. */
export declare const addCookies: Put;
/** A parameter that is written where it is among the arguments. */
export declare function parameter(argument: string, optional: boolean, write: (draft: Draft, value: unknown, client: Client) => void): Parameter;
/** A scalar in the path; `inPath` takes any value. */
export declare function pathText(name: string, codec: AnyCodec, argument?: string): Parameter;
/** A scalar in the query; `inQuery` takes any value. */
export declare function queryText(name: string, codec: AnyCodec, optional?: boolean, argument?: string): Parameter;
/** A scalar in a header; `inHeader` takes any value. */
export declare function headerText(name: string, codec: AnyCodec, optional?: boolean, argument?: string): Parameter;
