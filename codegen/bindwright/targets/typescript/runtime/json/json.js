import { beginDocument } from '../core/documents.js';
import { DataError, fail } from '../core/errors.js';
import { deviating, exactness } from '../core/exact.js';
import { parseExactly } from './exactly.js';
import { checkNames } from './names.js';
import { readJson } from './read.js';
/** Reads a JSON document. Throws `DataError`. */
export function fromJson(codec, document) {
    let text = document;
    let json;
    try {
        if (typeof text !== 'string')
            text = new TextDecoder('utf-8', { fatal: true }).decode(text);
        json = JSON.parse(text);
    }
    catch (error) {
        return fail(`no JSON: ${String(error)}`);
    }
    checkNames(text, json);
    exactness.counts = false;
    beginDocument();
    let failure;
    let value;
    try {
        value = readJson(codec, json);
    }
    catch (error) {
        failure = error;
    }
    if (exactness.counts && deviating.test(text)) {
        beginDocument();
        return readJson(codec, parseExactly(text));
    }
    // The engine's stack ends before very deep values do.
    if (failure !== undefined)
        throw failure instanceof RangeError ? new DataError('values within each other, too deep') : failure;
    return value;
}
