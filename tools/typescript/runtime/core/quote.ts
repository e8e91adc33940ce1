import { namesOf, type Json } from './codec.js';
import { Digits } from './exact.js';

/** A string of JSON. U+0085, U+2028 and U+2029 are escaped, as .NET does. */
export function quote(text: string): string {
  return /^[ !#-[\]-\u0084\u0086-\u2027\u202a-\ud7ff\ue000-\uffff]*$/.test(text)
    ? `"${text}"`
    : JSON.stringify(text).replace(/[\u0085\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The text of a free JSON value. */
export function writeFree(json: Json): string {
  if (typeof json === 'string') return quote(json);
  if (json === null || typeof json !== 'object' || json instanceof Digits) return String(json);
  if (Array.isArray(json)) return `[${json.map(writeFree).join(',')}]`;
  return `{${namesOf(json).map((name) => `${quote(name)}:${writeFree(json[name] as Json)}`).join(',')}}`;
}
