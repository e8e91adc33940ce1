import { fail } from '../core/errors.js';
import { quote } from '../core/quote.js';
import { textOf } from './text.js';
// @__NO_SIDE_EFFECTS__
function encoded(decode, encode, inXml = (text) => text, octets = 'text') {
    const textOfBytes = (value) => (value instanceof Uint8Array ? encode(value) : fail('expected a Uint8Array'));
    return {
        read: (json) => decode(textOf(json)),
        write: (value) => quote(textOfBytes(value)),
        parse: (text) => decode(text.replace(/[ \t\r\n]+/g, '')),
        print: (value) => inXml(textOfBytes(value)),
        octets,
    };
}
function bytesOf(binary) {
    const bytes = new Uint8Array(binary.length);
    for (let index = 0; index < binary.length; index++)
        bytes[index] = binary.charCodeAt(index);
    return bytes;
}
function toBase64(bytes) {
    let binary = '';
    // The engine's limit on arguments is lower than that on the length of a string.
    for (let start = 0; start < bytes.length; start += 8192)
        binary += String.fromCharCode(...bytes.subarray(start, start + 8192));
    return btoa(binary);
}
// Expressions that repeat a group would fill the engine's stack, where a text has some millions of characters.
const fromBase64 = (text) => (text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? bytesOf(atob(text)) : fail('expected base64'));
/** RFC 4648, 4, with padding. */
export const base64 = /* @__PURE__ */ encoded(fromBase64, toBase64);
/**
 * Octets that a form has as a part. JSON has them in base64, where they are read and written without waiting: as a
 * `Uint8Array`, since a `Blob` is only read later.
 */
export const octets = /* @__PURE__ */ encoded(fromBase64, toBase64, undefined, 'raw');
/** RFC 4648, 5, written without padding. */
export const base64url = /* @__PURE__ */ encoded((text) => (/^[\w-]*={0,2}$/.test(text) && text.replace(/=/g, '').length % 4 !== 1 ? bytesOf(atob(text.replace(/=/g, '').replace(/-/g, '+').replace(/_/g, '/'))) : fail('expected base64url')), (bytes) => toBase64(bytes).replace(/=/g, '').replace(/\+/g, '-').replace(/\//g, '_'));
/** Hexadecimal digits: in lower case in JSON, in upper case in XML. */
export const base16 = /* @__PURE__ */ encoded((text) => {
    if (text.length % 2 !== 0 || !/^[\da-f]*$/i.test(text))
        fail('expected hexadecimal digits');
    const bytes = new Uint8Array(text.length / 2);
    for (let index = 0; index < bytes.length; index++)
        bytes[index] = parseInt(text.slice(2 * index, 2 * index + 2), 16);
    return bytes;
}, (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''), (text) => text.toUpperCase());
