import { decode } from '../core/decode.js';

/** The encoding that a media type names. */
export function charsetOf(type: string | null | undefined): string | undefined {
  return /; *charset *= *"?([^\s;"]+)/i.exec(type ?? '')?.[1];
}

/** The text of a document: its mark of the byte order goes before what is said (RFC 7303, 3.3). Undefined: nothing is said. */
export function decodeAs(document: ArrayBuffer, type: string | undefined): string | undefined {
  const charset = charsetOf(type);
  const [first = 0, second = 0] = new Uint8Array(document.slice(0, 2));
  return charset === undefined || (first === 0xef && second === 0xbb) || (first ^ second) === 1 && first >= 0xfe ? undefined : decode(document, charset);
}

/** The text of an answer; octets that are none of its encoding are replaced. */
export async function textOf(response: Response): Promise<string> {
  return new TextDecoder(charsetOf(response.headers.get('content-type'))).decode(await response.arrayBuffer());
}
