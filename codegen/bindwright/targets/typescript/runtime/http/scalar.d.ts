import type { AnyCodec } from '../core/codec.js';
import type { Arguments, Client, Draft, Writer } from './model.js';
import type { Path } from './operation.js';
/** Adds the parts of a parameter to a request. */
export type Put = (draft: Draft, parts: readonly string[], name?: string) => void;
/** Everything but unreserved characters is encoded (RFC 3986, 2.3). */
export declare function percent(text: string): string;
/** An argument that has to be there. */
export declare function requiredArgument(args: Arguments, name: string): unknown;
/** A path whose parts may be any text: one of dots alone would be another path (RFC 3986, 5.2.4), for `fetch` even if it is encoded (WHATWG URL, 4.1). */
export declare function dotless(path: Path): Path;
/** Adds pairs to the query. */
export declare const addQuery: Put;
/** Adds pairs to the header of cookies. */
export declare const addCookies: ({ headers }: Draft, parts: readonly string[]) => void;
/** A parameter that is written where it is among the arguments. */
export declare function parameter(argument: string, optional: boolean, write: (draft: Draft, value: unknown, client: Client) => void): Writer;
/** A scalar in the path whose text is never encoded, as those of numbers. */
export declare function pathWord(args: Arguments, name: string, codec: AnyCodec): string;
/** A scalar in the path; `inPath` takes any value. */
export declare function pathText(args: Arguments, name: string, codec: AnyCodec): string;
/** A scalar in the query; `inQuery` takes any value. */
export declare function queryText(name: string, codec: AnyCodec, optional?: boolean, argument?: string): Writer;
/** A scalar in a header; `inHeader` takes any value. */
export declare function headerText(name: string, codec: AnyCodec, optional?: boolean, argument?: string): Writer;
