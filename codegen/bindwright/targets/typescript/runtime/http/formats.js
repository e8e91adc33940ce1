import { decode } from '../core/decode.js';
import { readText } from '../json/json.js';
import { toJson } from '../json/write.js';
import { readDocument } from '../xml/layouts.js';
import { parseDocument } from '../xml/parse.js';
import { readPlaced } from '../xml/placed.js';
import { readParts } from '../xml/parts.js';
import { readRoot } from '../xml/read.js';
import { toXml } from '../xml/write.js';
import { decodeAs } from './charset.js';
import { filled } from './servers.js';
/** JSON in answers alone: a bundle without a writer. Of the media types of JSON one has another name. */
export const jsonAnswers = { kind: 'json', types: /json|csp-report/i, read: (codec, document) => readText(codec, decode(document)) };
/** JSON in answers and bodies. */
export const json = {
    kind: 'json',
    types: /json|csp-report/i,
    read: (codec, document, type) => readText(codec, decodeAs(document, type) ?? decode(document)),
    write: (codec, value) => toJson(codec, value),
};
/** XML in answers alone: a bundle without a writer. */
export const xmlAnswers = { kind: 'xml', types: /xml/i, read: (codec, document) => readRoot(codec, parseDocument(decode(document)), readPlaced, true) };
/** The same of objects and lists whose elements are called as their members, all in one namespace: less code. Others are refused. */
export const plainXmlAnswers = { kind: 'xml', types: /xml/i, read: (codec, document) => readRoot(codec, parseDocument(decode(document)), readParts, true) };
/** XML in answers and bodies. */
export const xml = {
    kind: 'xml',
    types: /xml/i,
    // The charset of the header goes before the declaration (RFC 7303, 3.2).
    read: (codec, document, type) => readDocument(codec, decodeAs(document, type) ?? new Uint8Array(document), true),
    write: (codec, value) => toXml(codec, value),
};
/** A client of an API at an address, with `serverVariables` for what stands in braces; it reads and writes JSON if nothing else is said. */
export function connect(base, options = {}) {
    return connectBy(options.serverVariables ? filled(base, options.serverVariables) : base, options.formats ?? [json], options);
}
/** A client of an API at an address, without variables, that has these formats and no other code. */
export function connectBy(base, formats, options = {}) {
    return { ...options, formats, base: base.replace(/\/$/, '') };
}
