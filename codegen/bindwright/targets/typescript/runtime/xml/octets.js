import { escapeText } from './escape.js';
/**
 * The octets of a document that is being written, in UTF-8: a text that is put together of many is one piece in memory only
 * when somebody needs it, which takes as long again. Writing never waits, so that one document at a time is enough. Where
 * writing is, is handed on: a number in a variable of the module would be stored each time.
 */
let octets = new Uint8Array(4096);
/** How long the last long document was: the next one may be as long, and need not be copied as it grows. */
let usual = 0;
/** What is kept for the next document. */
const most = 1 << 20;
/** Texts up to here are looked at character by character. */
const short = 96;
const encoder = /* @__PURE__ */ new TextEncoder();
const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { ignoreBOM: true });
/** Of characters of ASCII: 0 where texts have them as they are, else which reference stands for them; 4: none does. */
const kinds = /* @__PURE__ */ Uint8Array.from({ length: 128 }, (_, code) => (code < 32 && code !== 9 ? 4 : '&<>'.indexOf(String.fromCharCode(code)) + 1));
const references = /* @__PURE__ */ ['', '&amp;', '&lt;', '&gt;'].map(octetsOf);
/** The octets of a text. */
export function octetsOf(text) {
    return encoder.encode(text);
}
/** The octets, with room for some more behind those that are written. */
export function room(at, more) {
    if (at + more > octets.length) {
        const larger = new Uint8Array(Math.max(octets.length * 4, at + more, octets.length < most ? 0 : usual));
        larger.set(octets.subarray(0, at));
        octets = larger;
    }
    return octets;
}
/** Writes a text, escaped, where there is room for five octets a character; `newline` is what an end of line is written as. Gives the end. */
export function putText(target, text, at, newline) {
    const size = text.length;
    if (size > short)
        return putEscaped(text, at, newline);
    let end = at;
    let index = 0;
    // By fours, which takes up to a third less time: nearly all texts are letters, digits and blanks.
    for (; index + 3 < size; index += 4) {
        const [a, b, c, d] = [text.charCodeAt(index), text.charCodeAt(index + 1), text.charCodeAt(index + 2), text.charCodeAt(index + 3)];
        if ((a | b | c | d) > 127 || (kinds[a] | kinds[b] | kinds[c] | kinds[d]) !== 0)
            break;
        target[end] = a;
        target[end + 1] = b;
        target[end + 2] = c;
        target[end + 3] = d;
        end += 4;
    }
    for (; index < size; index++) {
        const code = text.charCodeAt(index);
        const kind = code > 127 ? 4 : kinds[code];
        if (kind === 0)
            target[end++] = code;
        else {
            const reference = references[kind];
            if (reference === undefined)
                return putEscaped(text, at, newline);
            target.set(reference, end);
            end += reference.length;
        }
    }
    return end;
}
function putEscaped(text, at, newline) {
    const escaped = escapeText(text, newline);
    return at + encoder.encodeInto(escaped, room(at, escaped.length * 3).subarray(at)).written;
}
/** Writes the digits of a whole number that is exact, where there is room for 17. Gives the end. */
export function putDigits(target, whole, start) {
    let at = start;
    let number = whole;
    if (number < 0) {
        target[at++] = 45;
        number = -number;
    }
    let end = at + 1;
    if (number > 4294967295) {
        // Beyond 32 bits, in two steps.
        const high = Math.floor(number / 1e9);
        at = putDigits(target, high, at);
        number -= high * 1e9;
        end = at + 9;
    }
    else
        for (let power = 10; number >= power; power *= 10)
            end++;
    for (let index = end - 1; index >= at; index--) {
        const rest = (number / 10) >>> 0;
        target[index] = 48 + number - rest * 10;
        number = rest;
    }
    return end;
}
/** The text of the octets up to an end. */
export function finish(end) {
    const text = decoder.decode(octets.subarray(0, end));
    if (end > most)
        usual = end + (end >> 5);
    if (octets.length > most)
        octets = new Uint8Array(4096);
    return text;
}
