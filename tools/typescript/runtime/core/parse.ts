import type { AnyCodec } from './codec.js';

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}

/** What XML Schema takes away around a value. */
export function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  // No expression: one that looks for the end of a text takes quadratic time on white space within.
  while (isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** Whether a codec is that of a scalar: it has a text. */
export function isScalar(codec: AnyCodec): boolean {
  return codec.print !== undefined || codec.parse !== undefined;
}

/** The value of the text of an element, an attribute or a header. */
export function parseText(codec: AnyCodec, text: string): unknown {
  const { plain, raw, parse, quoted, read } = codec;
  const word = plain === true || raw === true ? text : trimmed(text);
  if (parse !== undefined) return parse(word);
  // A number has digits alone: others have a `parse` of their own.
  const json = quoted === true ? word : /^[-+]?\d+$/.test(word) ? Number(word) : NaN;
  return read?.(json, () => undefined);
}
