import { decode } from '../core/decode.js';
import { fail } from '../core/errors.js';
import { parseDocument } from './parse.js';
/** What a document may say of its encoding that is decoded already. */
export const anyEncoding = /^/;
/** The text of a document (XML 1.0, 4.3.3 and F): a byte order mark, else the declaration, else UTF-8. */
export function decodeXml(document) {
    if (typeof document === 'string')
        return document.replace(/^\uFEFF/, '');
    const [first, second] = document;
    const head = String.fromCharCode(...document.subarray(0, 400)).replaceAll('\0', '');
    const declared = /^[^<]*<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)/.exec(head)?.[1]?.toLowerCase().replace(/^utf8$/, 'utf-8');
    // A mark of the byte order, or zeros beside the first characters, which are of ASCII.
    const label = first === 0 || first === 0xfe ? 'utf-16be' : second === 0 || first === 0xff ? 'utf-16le' : first === 0xef ? 'utf-8' : (declared ?? 'utf-8');
    // What the bytes say and what is declared have to agree (XML 1.0, 4.3.3).
    if (!label.startsWith(declared ?? ''))
        fail(`${label} that says to be ${declared}`);
    try {
        return decode(document, label);
    }
    catch {
        return fail(`not ${label}`);
    }
}
/** Parses an XML document in any encoding (1.0, fifth edition, with namespaces). Throws `DataError` for one that is not well-formed. */
export function parseXml(document, { depth, size, attributes } = {}) {
    return parseDocument(decodeXml(document), anyEncoding, depth, size, attributes);
}
