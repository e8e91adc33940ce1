import { DataError, fail } from '../core/errors.js';
import { reading } from '../core/reading.js';
import { keepMembers } from './keep.js';
import { checkNames } from './names.js';
import { readJson } from './read.js';
/** Reads a JSON text by a codec; `check` is called with what it holds. */
export function readText(codec, document, check) {
    let text = document;
    let json = null;
    let value;
    let failure;
    const read = (from) => {
        reading.again = undefined;
        reading.begin?.();
        value = readJson(codec, from);
    };
    try {
        if (typeof document !== 'string')
            text = new TextDecoder('utf-8', { fatal: true }).decode(document);
        json = JSON.parse(text);
    }
    catch (error) {
        fail(`no JSON: ${String(error)}`);
    }
    check?.(text, json);
    try {
        read(json);
    }
    catch (error) {
        failure = error;
    }
    const exact = reading.again?.(text);
    if (exact !== undefined)
        read(exact);
    // The engine's stack ends before very deep values do.
    else if (failure)
        throw failure instanceof RangeError ? new DataError('values within each other, too deep') : failure;
    return value;
}
/** Reads a JSON document. Throws `DataError`. */
export function fromJson(codec, document) {
    reading.keep = keepMembers;
    return readText(codec, document, checkNames);
}
