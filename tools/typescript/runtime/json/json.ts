import type { AnyCodec, Codec, Json } from '../core/codec.js';
import { decode } from '../core/decode.js';
import { DataError } from '../core/errors.js';
import { reading, type ReadingState } from '../core/reading.js';
import { keepMembers } from './keep.js';
import { checkNames } from './names.js';
import { readJson } from './read.js';

/** Reads a JSON text by a codec; `check` is called with what it holds, and absent where an answer is read. */
export function readText(codec: AnyCodec, document: string | Uint8Array, check?: (text: string, json: Json) => void): unknown {
  const state: ReadingState = reading;
  let text = document as string;
  let value: unknown;
  let failure: unknown;
  state.again = state.shared = undefined;
  state.tolerant = !check;
  try {
    if (typeof document !== 'string') text = decode(document);
    const json = JSON.parse(text) as Json;
    check?.(text, json);
    value = readJson(codec, json);
  } catch (error) {
    // Besides what we refuse, what the engine does: other texts than JSON, and values too deep within each other for its stack.
    failure = error instanceof DataError ? error : new DataError(error instanceof RangeError ? 'values within each other, too deep' : `no JSON: ${error}`);
  }
  const exact = (state as ReadingState).again?.(text);
  if (exact !== undefined) {
    state.shared = undefined;
    return readJson(codec, exact);
  }
  if (failure) throw failure;
  return value;
}

/** Reads a JSON document. Throws `DataError`. */
export function fromJson<T>(codec: Codec<T>, document: string | Uint8Array): T {
  const { keep } = reading;
  reading.keep = keepMembers;
  try {
    return readText(codec, document, checkNames) as T;
  } finally {
    reading.keep = keep;
  }
}
