import { escapeText } from './escape.js';
/**
 * The octets of a document that is being written, in UTF-8: a text that is put together of many is one piece in memory only
 * when somebody needs it, which takes as long again. Writing never waits, so that one document at a time is enough. Where
 * writing is, is handed on: a number in a variable of the module would be stored each time.
 */
let octets = new Uint8Array(4096);
/** The same octets, several at once: one by one, or by `set`, the short pieces that documents consist of take two to four times as long. */
let view = new DataView(octets.buffer);
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
const references = /* @__PURE__ */ ['', '&amp;', '&lt;', '&gt;', undefined].map((text) => (text === undefined ? text : pieceOf(text)));
/** The piece that a text is. */
export function pieceOf(text) {
    const octets = encoder.encode(text);
    const padded = new Uint8Array((octets.length + 7) & ~7);
    padded.set(octets);
    const source = new DataView(padded.buffer);
    return { octets, length: octets.length, words: Float64Array.from({ length: padded.length / 8 }, (_, index) => source.getFloat64(index * 8, true)) };
}
/** Makes room for some more octets behind those that are written, and for a word that is written whole. */
export function room(at, more) {
    if (at + more + 8 > octets.length) {
        const larger = new Uint8Array(Math.max(octets.length * 4, at + more + 8, octets.length < most ? 0 : usual));
        larger.set(octets.subarray(0, at));
        octets = larger;
        view = new DataView(octets.buffer);
    }
    return view;
}
/** Writes a piece where there is room for it. Gives the end. */
export function putPiece(target, { words, length }, at) {
    for (let index = 0; index < words.length; index++)
        target.setFloat64(at + index * 8, words[index], true);
    return at + length;
}
/** Puts a longer piece in the place of the one that all begins with. Gives the end. */
export function replaceStart(before, piece, end) {
    room(end, piece.length);
    octets.copyWithin(piece.length, before.length, end);
    octets.set(piece.octets);
    return end + piece.length - before.length;
}
/** Writes a text, escaped, where there is room for five octets a character; `newline` is what an end of line is written as. Gives the end. */
export function putText(target, text, at, newline) {
    const size = text.length;
    if (size > short)
        return putEscaped(text, at, newline);
    let end = at;
    let index = 0;
    // By fours, which takes half the time: nearly all texts are letters, digits and blanks.
    for (; index + 3 < size; index += 4) {
        const [a, b, c, d] = [text.charCodeAt(index), text.charCodeAt(index + 1), text.charCodeAt(index + 2), text.charCodeAt(index + 3)];
        if ((a | b | c | d) > 127 || (kinds[a] | kinds[b] | kinds[c] | kinds[d]) !== 0)
            break;
        target.setInt32(end, a | (b << 8) | (c << 16) | (d << 24), true);
        end += 4;
    }
    for (; index < size; index++) {
        const code = text.charCodeAt(index);
        const kind = code > 127 ? 4 : kinds[code];
        if (kind === 0)
            target.setInt8(end++, code);
        else {
            const reference = references[kind];
            if (reference === undefined)
                return putEscaped(text, at, newline);
            end = putPiece(target, reference, end);
        }
    }
    return end;
}
function putEscaped(text, at, newline) {
    const escaped = escapeText(text, newline);
    room(at, escaped.length * 3);
    return at + encoder.encodeInto(escaped, octets.subarray(at)).written;
}
/** Writes the digits of a whole number that is exact, where there is room for 17. Gives the end. */
export function putDigits(target, whole, start) {
    let at = start;
    let number = whole;
    if (number < 0) {
        target.setInt8(at++, 45);
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
        target.setInt8(index, 48 + number - rest * 10);
        number = rest;
    }
    return end;
}
/** The text of the octets up to an end. */
export function finish(end) {
    const text = decoder.decode(octets.subarray(0, end));
    if (end > most)
        usual = end + (end >> 5);
    if (octets.length > most) {
        octets = new Uint8Array(4096);
        view = new DataView(octets.buffer);
    }
    return text;
}
