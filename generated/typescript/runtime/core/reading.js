export const reading = { tolerant: false, again: undefined, begin: undefined, keep: undefined };
/** Reads an answer: a server may be newer than the document, and one new kind of item must not cost the others. */
export function tolerantly(read) {
    reading.tolerant = true;
    try {
        return read();
    }
    finally {
        reading.tolerant = false;
    }
}
