/** The text of octets; UTF-8 if nothing else is said. Throws what the engine throws where they are none. */
export function decode(document, encoding = 'utf-8') {
    return new TextDecoder(encoding, { fatal: true }).decode(document);
}
