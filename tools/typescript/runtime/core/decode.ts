import { fail } from './errors.js';

/** The text of octets; UTF-8 if nothing else is said. */
export function decode(document: Uint8Array, encoding = 'utf-8'): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(document);
  } catch {
    return fail(`not ${encoding}`);
  }
}
