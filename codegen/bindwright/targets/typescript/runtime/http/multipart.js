import { DataError, fail } from '../core/errors.js';
import { resolved } from '../core/members.js';
import { fromJson, readText } from '../json/json.js';
import { writeJson } from '../json/write.js';
import { charsetOf } from './charset.js';
import { gathered, readFields } from './fields.js';
import { items } from './streams.js';
/** Octets of one part, its headers included. */
const LIMIT = 1 << 26;
/** What may follow a delimiter on its line (RFC 2046, 5.1.1), of which lines that end with LF alone are some too. */
const TAIL = /^(--)?[ \t]{0,64}\r?\n/;
const LONGEST_TAIL = 68;
/** What separates the parts. */
function boundaryOf(response) {
    const [, quoted, bare] = /; *boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(response.headers.get('content-type') ?? '') ?? [];
    return quoted ?? bare ?? fail('expected a media type with a `boundary`');
}
/** The parts as they come, each with the end of the line before it. One is held at a time. */
async function* partsOf(response, boundary, limit) {
    const mark = Uint8Array.from(`\n--${boundary}`, (letter) => letter.charCodeAt(0));
    const reader = response.body?.getReader();
    // The first delimiter may begin the body.
    let [held, size, searched, inside] = [Uint8Array.of(10), 1, 0, false];
    try {
        for (let done = false; !done;) {
            const chunk = await reader?.read();
            done = chunk?.done ?? true;
            // The last delimiter needs no end of its line.
            const more = chunk?.value ?? Uint8Array.of(10);
            if (size + more.length > held.length) {
                const longer = new Uint8Array(2 * (size + more.length));
                longer.set(held.subarray(0, size));
                held = longer;
            }
            held.set(more, size);
            size += more.length;
            const there = held.subarray(0, size);
            let start = 0;
            for (let at = there.indexOf(10, searched); at >= 0; at = there.indexOf(10, searched)) {
                searched = at + 1;
                if (!mark.every((octet, index) => there[at + index] === octet))
                    continue;
                const behind = at + mark.length;
                const [tail, last] = TAIL.exec(String.fromCharCode(...there.subarray(behind, behind + LONGEST_TAIL))) ?? [];
                if (tail === undefined)
                    continue;
                // The end of a line before a delimiter is its own, that behind it may be that of the next one.
                if (inside)
                    yield there.slice(start, Math.max(start, at - (there[at - 1] === 13 ? 1 : 0)));
                if (last !== undefined)
                    return;
                inside = true;
                start = searched = behind + tail.length - 1;
            }
            held.copyWithin(0, start, size);
            size -= start;
            if (size > limit)
                fail(`expected a part of at most ${limit} octets`);
            searched = Math.max(0, size - mark.length - LONGEST_TAIL);
        }
    }
    finally {
        // Who leaves the loop early wants no more. Of the body of an error there is a copy, and an end to wait for only when that is left, too.
        void reader?.cancel().catch(() => undefined);
    }
    fail('expected the delimiter that ends the parts');
}
/** Where the headers of a part end, and where its content begins. */
function split(part) {
    for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) {
        const next = part[at + 1] === 13 ? at + 2 : at + 1;
        if (part[next] === 10)
            return [at, next + 1];
    }
    return [part.length, part.length];
}
/** The content without its transfer encoding (RFC 2045, 6), which parts of HTTP hardly have. */
function transferred(encoding, content) {
    const isQuoted = encoding === 'quoted-printable';
    if (!isQuoted && encoding !== 'base64')
        return content;
    const text = new TextDecoder().decode(content);
    const plain = isQuoted ? text.replace(/=\r?\n/g, '').replace(/=([\da-f]{2})/gi, (_, digits) => String.fromCharCode(parseInt(digits, 16))) : atob(text.replace(/[^\w+/]/g, ''));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}
/** JSON that a text stands for: a string if it may be one, else what it says. */
function jsonOfText(codec, text) {
    const quoted = JSON.stringify(text);
    for (const json of [quoted, text]) {
        try {
            fromJson(codec, json);
            return json;
        }
        catch (error) {
            if (!(error instanceof DataError))
                throw error;
        }
    }
    return quoted;
}
function pieceOf(part) {
    const [headEnd, start] = split(part);
    // A header may go on in the next line, which begins with a blank.
    const head = new TextDecoder().decode(part.subarray(0, headEnd)).replace(/\r?\n[ \t]/g, ' ');
    const header = (name) => new RegExp(`^${name}[ \\t]*:(.*)$`, 'im').exec(head)?.[1]?.trim();
    const type = header('content-type') ?? 'text/plain';
    return [header, part.slice(start), type, /^[^;]*?(json|xml)|^(text)\//i.exec(type)?.slice(1).find(Boolean)?.toLowerCase()];
}
/** The content of a part without its transfer encoding, and whether these octets are its value: all are, or where other types may stand, those that are neither JSON, XML nor text. */
function contentOf(codec, [header, body, , kind]) {
    const [{ octets, parts = [codec] }] = resolved(codec);
    const count = parts.filter((part) => resolved(part)[0].octets === 'raw').length;
    // Octets that are a text are encoded as the document says.
    return [octets === 'text' ? body : transferred(header('content-transfer-encoding')?.toLowerCase(), body), count === parts.length || (count > 0 && !kind)];
}
const textOfPart = (content, type) => new TextDecoder(charsetOf(type)).decode(content);
/** The value of a part: in a format of the client, or of a text. */
function valueOf(codec, piece, { formats }) {
    const [content, isValue] = contentOf(codec, piece);
    const [, , type, kind] = piece;
    if (isValue)
        return content;
    if (kind === undefined || kind === 'text')
        return readText(codec, jsonOfText(codec, textOfPart(content, type)));
    const format = formats.find((candidate) => candidate.kind === kind) ?? fail(`a part in ${type}`);
    return format.read(codec, content.buffer, type);
}
/** An answer of parts without names, each by its own media type (OpenAPI 3.2.0, "Encoding By Position"). */
// @__NO_SIDE_EFFECTS__
export function positional(codec, mediaType, limit = LIMIT) {
    return { form: 'own', mediaType, read: (response, client) => items(partsOf(response, boundaryOf(response), limit), (part) => valueOf(codec, pieceOf(part), client)) };
}
/** The name of a part: of its disposition (RFC 7578, 4.2; quotation marks are escaped as in RFC 822 or in HTML), or its `Content-ID` (RFC 2387). */
function nameOf([header]) {
    const disposition = header('content-disposition') ?? '';
    const [, encoded] = /; *name\*=utf-8'[^']*'([^\s;]+)/i.exec(disposition) ?? [];
    const [, quoted, bare] = /; *name=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/i.exec(disposition) ?? [];
    if (encoded !== undefined)
        return decodeURIComponent(encoded);
    return quoted?.replace(/\\(.)/g, '$1').replace(/%0A|%0D|%22/gi, decodeURIComponent) ?? bare ?? header('content-id')?.replace(/^<|>$/g, '') ?? '';
}
function fieldOf(piece, client) {
    const [, , type, kind] = piece;
    const text = () => textOfPart(contentOf({}, piece)[0], type);
    return {
        text,
        isList: () => kind === 'json' && /^\s*\[/.test(text()),
        value: (codec) => {
            const [content, isValue] = contentOf(codec, piece);
            // What the type does not name is a text.
            if (isValue || (kind === 'xml' && codec.read !== undefined)) {
                const value = valueOf(codec, piece, client);
                return [isValue ? '""' : writeJson(codec, value), value];
            }
            const said = textOfPart(content, type);
            if (kind !== 'json')
                return [jsonOfText(codec, said)];
            JSON.parse(said);
            return [said];
        },
    };
}
/** An answer of parts with names, the members of an object: each by its own media type. A list has a part for each item, or one JSON text. */
// @__NO_SIDE_EFFECTS__
export function named(codec, mediaType, limit = LIMIT) {
    return {
        form: 'own',
        mediaType,
        read: async (response, client) => {
            const form = new Map();
            for await (const part of partsOf(response, boundaryOf(response), limit)) {
                const piece = pieceOf(part);
                gathered(form, nameOf(piece), fieldOf(piece, client));
            }
            return readFields(codec, form);
        },
    };
}
