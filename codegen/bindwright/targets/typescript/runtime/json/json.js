import { decode } from '../core/decode.js';
import { refused } from '../core/errors.js';
import { reading } from '../core/reading.js';
import { readExactly } from './exactly.js';
import { keepMembers } from './keep.js';
import { checkNames } from './names.js';
import { readJson } from './read.js';
/** Reads a JSON text by a codec, as an answer. Throws also what the engine throws (`refused`). */
export function readText(codec, text) {
    reading.tolerant = true;
    reading.shared = undefined;
    return reading.text ? reading.text(codec, text) : readJson(codec, JSON.parse(text));
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
        return readText(codec, typeof document === 'string' ? document : decode(document));
    }
    catch (error) {
        throw refused(error);
    }
    finally {
        reading.keep = keep;
        reading.text = text;
    }
}
