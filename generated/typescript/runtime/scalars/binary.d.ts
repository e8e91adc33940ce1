import type { Scalar } from '../core/codec.js';
/** RFC 4648, 4, with padding. */
export declare const base64: Scalar<Uint8Array>;
/**
 * Octets that a form has as a part. JSON has them in base64, where they are read and written without waiting: as a
 * `Uint8Array`, since a `Blob` is only read later.
 */
export declare const octets: Scalar<Uint8Array | Blob>;
/** RFC 4648, 5, written without padding. */
export declare const base64url: Scalar<Uint8Array>;
/** Hexadecimal digits: in lower case in JSON, in upper case in XML. */
export declare const base16: Scalar<Uint8Array>;
