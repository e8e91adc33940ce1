import { DataError, fail } from '../core/errors.js';
import { deviating, exactness } from '../core/exact.js';
import { beginDocument } from '../core/documents.js';
import { scanJson } from './scan.js';
/** Text, or its octets in UTF-8. */
export function textOfDocument(document) {
    if (typeof document === 'string')
        return document;
    try {
        return new TextDecoder('utf-8', { fatal: true }).decode(document);
    }
    catch {
        return fail('not UTF-8');
    }
}
function parse(text) {
    try {
        return JSON.parse(text);
    }
    catch (error) {
        return fail(error instanceof Error ? error.message : 'no JSON');
    }
}
/** Reads a JSON document. Throws `DataError`. */
export function fromJson(codec, document) {
    const text = textOfDocument(document);
    const json = parse(text);
    exactness.counts = false;
    beginDocument();
    try {
        const value = codec.read(json);
        if (!exactness.counts || !deviating.test(text))
            return value;
    }
    catch (error) {
        if (!(error instanceof DataError) || !exactness.counts || !deviating.test(text))
            throw error;
    }
    beginDocument();
    return codec.read(scanJson(text));
}
/** Writes a JSON document. Throws `DataError` for a value that is none of the type. */
export function toJson(codec, value) {
    beginDocument();
    return codec.write(value);
}
