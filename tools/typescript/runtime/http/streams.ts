import type { AnyCodec, Codec, MemberFacts } from '../core/codec.js';
import { refused, within } from '../core/errors.js';
import { resolved } from '../core/members.js';
import { fromJson, readText } from '../json/json.js';
import { writeJson } from '../json/write.js';
import { charsetOf } from './charset.js';
import type { Body } from './model.js';

/** An event of a stream that no schema describes (WHATWG HTML, 9.2). */
export interface ServerSentEvent {
  readonly data: string;
  readonly event?: string;
  readonly id?: string;
  /** Milliseconds. */
  readonly retry?: number;
}

/** Octets as text, piece by piece; what is not of the encoding is refused. */
function strictly(encoding: string | undefined): (octets?: BufferSource) => string {
  try {
    const decoder = new TextDecoder(encoding, { fatal: true });
    return (octets) => {
      try {
        return decoder.decode(octets, { stream: octets !== undefined });
      } catch (error) {
        throw refused(error);
      }
    };
  } catch (error) {
    throw refused(error);
  }
}

/** Octets as text in UTF-8; what is none of it is replaced (WHATWG HTML, 9.2.5). */
function loosely(): (octets?: BufferSource) => string {
  const decoder = new TextDecoder();
  return (octets) => decoder.decode(octets, { stream: octets !== undefined });
}

/** The texts between marks, as they come; `open`: the last one needs no mark behind it. */
async function* pieces(response: Response, mark: RegExp, open: boolean, decode: (octets?: BufferSource) => string): AsyncGenerator<string> {
  let rest = '';
  const reader = response.body?.getReader();
  try {
    for (let chunk = await reader?.read(); chunk?.done === false; chunk = await reader?.read()) {
      const parts = (rest + decode(chunk.value)).split(mark);
      rest = parts.pop() ?? '';
      for (const part of parts) yield part;
    }
  } finally {
    // Who leaves the loop early wants no more. Of the body of an error there is a copy, and an end to wait for only when that is left, too.
    void reader?.cancel().catch(() => undefined);
  }
  rest += decode();
  if (open && rest !== '') yield rest;
}

function parsed(codec: AnyCodec | undefined, text: string): unknown {
  return codec === undefined ? JSON.parse(text) : readText(codec, text);
}

/** The items, one by one: those before a broken one have come when its error does, with its index in the path. */
export async function* items<T>(texts: AsyncIterable<T>, read: (text: T) => unknown): AsyncGenerator<unknown> {
  let index = 0;
  for await (const text of texts) {
    let item: unknown;
    try {
      item = read(text);
    } catch (error) {
      throw within(refused(error), index);
    }
    if (item === undefined) continue;
    yield item;
    index++;
  }
}

function texts(codec: AnyCodec | undefined, response: Response, mark: RegExp): AsyncGenerator<unknown> {
  return items(pieces(response, mark, true, strictly(charsetOf(response.headers.get('content-type')))), (text) => (/[^ \t\r\n]/.test(text) ? parsed(codec, text) : undefined));
}

/** A body of items, written as they come. */
function stream(codec: AnyCodec | undefined, values: unknown, before: string): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = (values as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const next = await iterator.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(`${before}${codec === undefined ? JSON.stringify(next.value) : writeJson(codec, next.value)}\n`));
    },
    cancel: async () => {
      await iterator.return?.();
    },
  });
}

/** A JSON text a line. */
// @__NO_SIDE_EFFECTS__
export function lines(codec: AnyCodec | undefined, mediaType: string): Body {
  return { form: 'own', mediaType, read: (response) => texts(codec, response, /\r?\n/), write: (values) => ({ body: stream(codec, values, ''), type: mediaType }) };
}

/** A JSON text sequence (RFC 7464). */
// @__NO_SIDE_EFFECTS__
export function sequence(codec: AnyCodec | undefined, mediaType: string): Body {
  return { form: 'own', mediaType, read: (response) => texts(codec, response, /\u001e/), write: (values) => ({ body: stream(codec, values, '\u001e'), type: mediaType }) };
}

function eventOf(block: string): ServerSentEvent | undefined {
  const fields: { data?: string; event?: string; id?: string; retry?: number } = {};
  for (const line of block.split(/\r\n|\r|\n/)) {
    const [, name = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (name === 'data') fields.data = fields.data === undefined ? value : `${fields.data}\n${value}`;
    else if (name === 'event' || name === 'id') fields[name] = value;
    else if (name === 'retry' && /^\d+$/.test(value)) fields.retry = Number(value);
  }
  return fields.data === undefined ? undefined : { ...fields, data: fields.data };
}

function contentOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The members of an object, or of each one of a choice. */
function objectsOf(codec: AnyCodec): readonly (readonly MemberFacts[])[] {
  const { members, parts = [], told } = resolved(codec)[0];
  return members !== undefined ? [members] : told === undefined ? [] : parts.flatMap(objectsOf);
}

/** OpenAPI 3.2: a schema with a member `data` describes the event, whose data may be JSON; another one describes the data, as may that one, too. */
function typed(codec: AnyCodec, event: ServerSentEvent): unknown {
  const objects = objectsOf(codec);
  const content = contentOf(event.data);
  const whole = [event, ...(content === undefined ? [] : [{ ...event, data: content }])].map((value) => JSON.stringify(value));
  const texts = objects.length === 0 || objects.some((members) => members.some((member) => member.name === 'data')) ? [...whole, event.data] : [event.data];
  for (const text of texts) {
    try {
      return fromJson(codec as Codec<unknown>, text);
    } catch {
      // the next one; where none fits, the usual one with its deviations
    }
  }
  return parsed(codec, texts[0] as string);
}

function described(codec: AnyCodec | undefined, response: Response): AsyncGenerator<unknown> {
  // An event that no empty line ends is none.
  return items(pieces(response, /\r\n\r\n|\n\n|\r\r/, false, loosely()), (block) => {
    const event = eventOf(block.replace(/^\uFEFF/, ''));
    return event === undefined || codec === undefined ? event : typed(codec, event);
  });
}

/** Server-sent events. */
// @__NO_SIDE_EFFECTS__
export function events(codec: AnyCodec | undefined, mediaType: string): Body {
  return { form: 'own', mediaType, read: (response) => described(codec, response) };
}
