import type { AnyCodec, Codec, Json } from '../core/codec.js';
import { DataError, fail } from '../core/errors.js';
import { reading, type ReadingState } from '../core/reading.js';
import { keepMembers } from './keep.js';
import { checkNames } from './names.js';
import { readJson } from './read.js';

/** Reads a JSON text by a codec; `check` is called with what it holds. */
export function readText(codec: AnyCodec, document: string | Uint8Array, check?: (text: string, json: Json) => void): unknown {
  let text = document as string;
  let json: Json = null;
  let value: unknown;
  let failure: unknown;
  const read = (from: Json): void => {
    reading.again = undefined;
    reading.begin?.();
    value = readJson(codec, from);
  };
  try {
    if (typeof document !== 'string') text = new TextDecoder('utf-8', { fatal: true }).decode(document);
    json = JSON.parse(text) as Json;
  } catch (error) {
    fail(`no JSON: ${String(error)}`);
  }
  check?.(text, json);
  try {
    read(json);
  } catch (error) {
    failure = error;
  }
  const exact = (reading as ReadingState).again?.(text);
  if (exact !== undefined) read(exact);
  // The engine's stack ends before very deep values do.
  else if (failure) throw failure instanceof RangeError ? new DataError('values within each other, too deep') : failure;
  return value;
}

/** Reads a JSON document. Throws `DataError`. */
export function fromJson<T>(codec: Codec<T>, document: string | Uint8Array): T {
  reading.keep = keepMembers;
  return readText(codec, document, checkNames) as T;
}
