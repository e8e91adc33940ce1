import { tolerantly } from '../core/reading.js';
import { readText } from '../json/json.js';
import { toJson } from '../json/write.js';
import { readDocument } from '../xml/layouts.js';
import { parseXml } from '../xml/parse.js';
import { readRoot } from '../xml/read.js';
import { toXml } from '../xml/write.js';
const readJson = (codec, document) => tolerantly(() => readText(codec, document));
/** JSON in answers alone: a bundle without a writer. */
export const jsonAnswers = { kind: 'json', mediaType: 'application/json', read: readJson };
/** JSON in answers and bodies. */
export const json = {
    kind: 'json',
    mediaType: 'application/json',
    read: readJson,
    write: (codec, value) => toJson(codec, value),
};
/** XML in answers alone: a bundle without a writer. */
export const xmlAnswers = { kind: 'xml', mediaType: 'application/xml', read: (codec, document) => tolerantly(() => readRoot(codec, parseXml(document))) };
/** XML in answers and bodies. */
export const xml = {
    kind: 'xml',
    mediaType: 'application/xml',
    read: (codec, document) => tolerantly(() => readDocument(codec, document)),
    write: (codec, value) => toXml(codec, value),
};
/** A client of an API at an address; it reads and writes JSON if nothing else is said. */
export function connect(base, options = {}) {
    return connectBy(base, options.formats ?? [json], options);
}
/** A client of an API at an address that has these formats and no other code. */
export function connectBy(base, formats, options = {}) {
    return { ...options, formats, base: base.replace(/\/$/, '') };
}
