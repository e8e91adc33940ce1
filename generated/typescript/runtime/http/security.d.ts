import type { Scheme, Writer } from './model.js';
/** Alternatives of schemes, by name: the credentials of the first one that all are there for are sent. */
export declare function needs(alternatives: readonly (readonly string[])[]): Writer;
/** A key in a header, the query or a cookie. */
export declare function apiKey(location: string, name: string): Scheme;
/** User and password (RFC 7617): `user:password`. */
export declare function basic(_?: object): Scheme;
/** A token (RFC 6750). */
export declare function bearer(_?: object): Scheme;
/** A certificate, which `fetch` has. */
export declare function mutualTls(_?: object): Scheme;
