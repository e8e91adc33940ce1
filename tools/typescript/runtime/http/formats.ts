import type { AnyCodec, Codec } from '../core/codec.js';
import { tolerantly } from '../core/reading.js';
import { readText } from '../json/json.js';
import { toJson } from '../json/write.js';
import { readDocument } from '../xml/layouts.js';
import { parseXml } from '../xml/parse.js';
import { readRoot } from '../xml/read.js';
import { toXml } from '../xml/write.js';
import type { Client, ClientOptions, Format } from './model.js';

const readJson = (codec: AnyCodec, document: Uint8Array): unknown => tolerantly(() => readText(codec, document));

/** JSON in answers alone: a bundle without a writer. */
export const jsonAnswers: Format = { kind: 'json', mediaType: 'application/json', read: readJson };

/** JSON in answers and bodies. */
export const json: Format = {
  kind: 'json',
  mediaType: 'application/json',
  read: readJson,
  write: (codec, value) => toJson(codec as Codec<unknown>, value),
};

/** XML in answers alone: a bundle without a writer. */
export const xmlAnswers: Format = { kind: 'xml', mediaType: 'application/xml', read: (codec, document) => tolerantly(() => readRoot(codec, parseXml(document))) };

/** XML in answers and bodies. */
export const xml: Format = {
  kind: 'xml',
  mediaType: 'application/xml',
  read: (codec, document) => tolerantly(() => readDocument(codec, document)),
  write: (codec, value) => toXml(codec as Codec<unknown>, value),
};

/** A client of an API at an address; it reads and writes JSON if nothing else is said. */
export function connect(base: string, options: ClientOptions = {}): Client {
  return connectBy(base, options.formats ?? [json], options);
}

/** A client of an API at an address that has these formats and no other code. */
export function connectBy(base: string, formats: readonly Format[], options: ClientOptions = {}): Client {
  return { ...options, formats, base: base.replace(/\/$/, '') };
}
