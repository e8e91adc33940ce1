import type { AnyCodec, Codec, Json } from '../core/codec.js';
import { decode } from '../core/decode.js';
import { refused } from '../core/errors.js';
import { reading } from '../core/reading.js';
import { readExactly } from './exactly.js';
import { keepMembers } from './keep.js';
import { checkNames } from './names.js';
import { readJson } from './read.js';

/** Reads a JSON text by a codec, as an answer. Throws also what the engine throws (`refused`). */
export function readText(codec: AnyCodec, text: string): unknown {
  reading.tolerant = true;
  reading.shared = undefined;
  return reading.text ? reading.text(codec, text) : readJson(codec, JSON.parse(text) as Json);
}

/** Reads a text that is no answer. */
function readStrictly(codec: AnyCodec, text: string): unknown {
  reading.tolerant = false;
  return readExactly(codec, text, checkNames);
}

/** Reads a JSON document. Throws `DataError`. */
export function fromJson<T>(codec: Codec<T>, document: string | Uint8Array): T {
  const { keep, text } = reading;
  reading.keep = keepMembers;
  reading.text = readStrictly;
  try {
    return readText(codec, typeof document === 'string' ? document : decode(document as BufferSource)) as T;
  } catch (error) {
    throw refused(error);
  } finally {
    reading.keep = keep;
    reading.text = text;
  }
}
