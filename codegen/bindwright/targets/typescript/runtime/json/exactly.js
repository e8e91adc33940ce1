import { order, put } from '../core/codec.js';
import { Digits } from '../core/exact.js';
import { reading } from '../core/reading.js';
import { readJson } from './read.js';
/** Numbers that JavaScript spells in another way, and names that it puts first. */
const deviating = /\d[\d.]{15}|\.\d*0(?!\d)|\d[eE][-+\d]|-0|0\.0{6}|"\d+"\s*:/;
/** Reads a JSON text by a codec, a second time where it says that digits counted; `check` is called with what the text holds. */
export function readExactly(codec, text, check) {
    let value;
    let failure;
    reading.again = false;
    try {
        const json = JSON.parse(text);
        check?.(text, json);
        value = readJson(codec, json);
    }
    catch (error) {
        failure = error;
    }
    if (reading.again && deviating.test(text)) {
        reading.shared = undefined;
        return readJson(codec, parseExactly(text));
    }
    if (failure !== undefined)
        throw failure;
    return value;
}
/**
 * What may set `reading.again`. Answers are read so wherever one of these is a part of the program, and without the code
 * for it elsewhere.
 */
// @__NO_SIDE_EFFECTS__
export function exact(what) {
    reading.text = readExactly;
    return what;
}
/**
 * Parses JSON so that no digit is lost, nor the order of names that are integers: numbers that JavaScript would spell
 * in another way, and such names, are marked in the text first. It is slower than `JSON.parse`, and is used for texts
 * only where that makes a difference; the text has to be JSON.
 */
export function parseExactly(text) {
    let mark = '\u0001';
    // A mark that no string of the text begins with, escaped or not.
    while (text.includes(mark) || text.includes(JSON.stringify(mark).slice(1, -1)))
        mark += '\u0001';
    const escaped = JSON.stringify(mark).slice(1, -1);
    // The engine's stack holds some millions of repetitions: a string with many escapes is taken in pieces.
    const marked = text.replace(/((?:"|\\.)[^"\\]*(?:\\.[^"\\]*){0,9999}"?)(\s*:)?|-?\d[-+.\deE]*/g, (token, string, colon) => {
        if (string !== undefined)
            return colon !== undefined && /^"\d+"$/.test(string) ? `"${escaped}${token.slice(1)}` : token;
        return String(Number(token)) === token ? token : `"${escaped}${token}"`;
    });
    return JSON.parse(marked, (_, value) => {
        if (typeof value === 'string' && value.startsWith(mark)) {
            const digits = value.slice(mark.length);
            return /^-?[1-9]\d*$/.test(digits) ? BigInt(digits) : new Digits(digits);
        }
        return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Digits) ? named(value, mark) : value;
    });
}
/** An object with the names that were marked, which remembers their order. */
function named(value, mark) {
    const names = Object.keys(value);
    if (!names.some((name) => name.startsWith(mark)))
        return value;
    const result = {};
    const bare = names.map((name) => (name.startsWith(mark) ? name.slice(mark.length) : name));
    names.forEach((name, index) => put(result, bare[index], value[name]));
    result[order] = bare;
    return result;
}
