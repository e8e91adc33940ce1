/** The text of octets; UTF-8 if nothing else is said. Throws what the engine throws where they are none. */
export function decode(document: BufferSource, encoding = 'utf-8'): string {
  return new TextDecoder(encoding, { fatal: true }).decode(document);
}
