import { DataError } from '../core/errors.js';
import { reading } from '../core/reading.js';
import { readExactly } from './exactly.js';
import { keepMembers } from './keep.js';
import { checkNames } from './names.js';
import { readParsed } from './read.js';
/** Reads a JSON text, or its octets in UTF-8, by a codec, as an answer. */
export function readText(codec, document) {
    reading.tolerant = true;
    reading.shared = undefined;
    try {
        return (reading.text ?? readParsed)(codec, typeof document === 'string' ? document : new TextDecoder('utf-8', { fatal: true }).decode(document));
    }
    catch (error) {
        // Besides what we refuse, what the engine does: octets that are no UTF-8, other texts than JSON, and values too deep within each other for its stack.
        throw error instanceof DataError ? error : new DataError(`${error}`);
    }
}
/** Reads a text that is no answer. */
function readStrictly(codec, text) {
    reading.tolerant = false;
    return readExactly(codec, text, checkNames);
}
/** Reads a JSON document. Throws `DataError`. */
export function fromJson(codec, document) {
    const { keep, text } = reading;
    reading.keep = keepMembers;
    reading.text = readStrictly;
    try {
        return readText(codec, document);
    }
    finally {
        reading.keep = keep;
        reading.text = text;
    }
}
