/**
 * Whether what is read need not be as the document says: values that it does not list are kept as they came, and names of
 * XML are also equal where one of them has no namespace, which documents and servers forget.
 */
export const tolerance = { applies: false };
/** Reads an answer: a server may be newer than the document, and one new kind of item must not cost the others. */
export function tolerantly(read) {
    tolerance.applies = true;
    try {
        return read();
    }
    finally {
        tolerance.applies = false;
    }
}
