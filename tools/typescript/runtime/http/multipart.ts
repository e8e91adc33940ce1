import type { AnyCodec, Codec } from '../core/codec.js';
import { DataError, fail } from '../core/errors.js';
import { fromJson, readText } from '../json/json.js';
import { charsetOf } from './charset.js';
import type { Body, Client } from './model.js';
import { items } from './streams.js';

/** Octets of one part, its headers included. */
const LIMIT = 1 << 26;
/** What may follow a delimiter on its line (RFC 2046, 5.1.1), of which lines that end with LF alone are some too. */
const TAIL = /^(--)?[ \t]{0,64}\r?\n/;
const LONGEST_TAIL = 68;

/** What separates the parts. */
function boundaryOf(response: Response): string {
  const [, quoted, bare] = /; *boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(response.headers.get('content-type') ?? '') ?? [];
  return quoted ?? bare ?? fail('expected a media type with a `boundary`');
}

/** The parts as they come, each with the end of the line before it. One is held at a time. */
async function* partsOf(response: Response, boundary: string, limit: number): AsyncGenerator<Uint8Array> {
  const mark = Uint8Array.from(`\n--${boundary}`, (letter) => letter.charCodeAt(0));
  const reader = response.body?.getReader();
  // The first delimiter may begin the body.
  let [held, size, searched, inside] = [Uint8Array.of(10), 1, 0, false];
  try {
    for (let done = false; !done; ) {
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
        if (!mark.every((octet, index) => there[at + index] === octet)) continue;
        const behind = at + mark.length;
        const [tail, last] = TAIL.exec(String.fromCharCode(...there.subarray(behind, behind + LONGEST_TAIL))) ?? [];
        if (tail === undefined) continue;
        // The end of a line before a delimiter is its own, that behind it may be that of the next one.
        if (inside) yield there.slice(start, Math.max(start, at - (there[at - 1] === 13 ? 1 : 0)));
        if (last !== undefined) return;
        inside = true;
        start = searched = behind + tail.length - 1;
      }
      held.copyWithin(0, start, size);
      size -= start;
      if (size > limit) fail(`expected a part of at most ${limit} octets`);
      searched = Math.max(0, size - mark.length - LONGEST_TAIL);
    }
  } finally {
    // Who leaves the loop early wants no more.
    await reader?.cancel().catch(() => undefined);
  }
  fail('expected the delimiter that ends the parts');
}

/** Where the headers of a part end, and where its content begins. */
function split(part: Uint8Array): readonly [headEnd: number, start: number] {
  for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) {
    const next = part[at + 1] === 13 ? at + 2 : at + 1;
    if (part[next] === 10) return [at, next + 1];
  }
  return [part.length, part.length];
}

/** The content without its transfer encoding (RFC 2045, 6), which parts of HTTP hardly have. */
function transferred(encoding: string | undefined, content: Uint8Array): Uint8Array {
  const isQuoted = encoding === 'quoted-printable';
  if (!isQuoted && encoding !== 'base64') return content;
  const text = new TextDecoder().decode(content);
  const plain = isQuoted ? text.replace(/=\r?\n/g, '').replace(/=([\da-f]{2})/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16))) : atob(text.replace(/[^\w+/]/g, ''));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** Text as the item: a string if it may be one, else what it says in JSON. */
function ofText(codec: AnyCodec, text: string): unknown {
  const quoted = JSON.stringify(text);
  for (const json of [quoted, text]) {
    try {
      return fromJson(codec as Codec<unknown>, json);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
    }
  }
  return readText(codec, quoted);
}

/** Which parts are octets: all, or those that are neither JSON, XML nor text; `encoded`: they are text, whose encoding the document says. */
type Octets = 'all' | 'others' | 'encoded' | undefined;

function valueOf(codec: AnyCodec, part: Uint8Array, { formats }: Client, octets: Octets): unknown {
  const [headEnd, start] = split(part);
  // A header may go on in the next line, which begins with a blank.
  const head = new TextDecoder().decode(part.subarray(0, headEnd)).replace(/\r?\n[ \t]/g, ' ');
  const header = (name: string): string | undefined => new RegExp(`^${name}[ \\t]*:(.*)$`, 'im').exec(head)?.[1]?.trim();
  const content = transferred(octets === 'encoded' ? undefined : header('content-transfer-encoding')?.toLowerCase(), part.slice(start));
  // RFC 2046, 5.1.
  const type = header('content-type') ?? 'text/plain';
  const [name = ''] = type.split(';');
  const kind = /json/i.test(name) ? 'json' : /xml/i.test(name) ? 'xml' : /^text\//i.test(name) ? 'text' : undefined;
  if (octets === 'all' || (octets === 'others' && kind === undefined)) return content;
  if (kind === 'json' || kind === 'xml') {
    const format = formats.find((candidate) => candidate.kind === kind) ?? fail(`a part of the type ${name}, which the client does not read`);
    return format.read(codec, content.buffer as ArrayBuffer, type);
  }
  return ofText(codec, new TextDecoder(charsetOf(type)).decode(content));
}

/** An answer of parts without names, each by its own media type (OpenAPI 3.2.0, "Encoding By Position"). */
// @__NO_SIDE_EFFECTS__
export function positional(codec: AnyCodec, mediaType: string, octets?: Octets, limit: number = LIMIT): Body {
  return { form: 'own', mediaType, read: (response, client) => items(partsOf(response, boundaryOf(response), limit), (part) => valueOf(codec, part, client, octets)) };
}
