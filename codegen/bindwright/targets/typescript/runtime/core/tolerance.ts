/** Whether values are kept that the document does not list, as they came. */
export const tolerance: { unlisted: boolean } = { unlisted: false };

/** Reads an answer: a server may be newer than the document, and one new kind of item must not cost the others. */
export function tolerantly<T>(read: () => T): T {
  tolerance.unlisted = true;
  try {
    return read();
  } finally {
    tolerance.unlisted = false;
  }
}
