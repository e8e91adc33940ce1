import { order, put, type Fields, type Json } from '../core/codec.js';
import { fail } from '../core/errors.js';
import { Digits } from '../core/exact.js';

const token = /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)|(true|false|null))/y;
const words: Readonly<Record<string, Json>> = { true: true, false: false, null: null };
/** Values within each other. */
const depths = 5000;

/** A number of JSON without loss. */
function numberOf(text: string): Json {
  const number = Number(text);
  return String(number) === text ? number : /^-?[1-9]\d*$/.test(text) ? BigInt(text) : new Digits(text);
}

/**
 * Parses JSON (RFC 8259) so that no digit is lost, nor the order of names that are integers. It is slower than
 * `JSON.parse`, and is used for texts only where that makes a difference.
 */
export function scanJson(text: string): Json {
  token.lastIndex = 0;
  let depth = 0;
  const next = (): RegExpExecArray => {
    const at = token.lastIndex;
    return token.exec(text) ?? fail(`no JSON at ${at}`);
  };
  const value = (match: RegExpExecArray): Json => {
    const [, sign, string, number, word] = match;
    if (string !== undefined) return JSON.parse(string) as string;
    if (number !== undefined) return numberOf(number);
    if (word !== undefined) return words[word] ?? null;
    if (++depth > depths) fail(`more than ${depths} values within each other`);
    const result = sign === '{' ? members() : sign === '[' ? items() : fail(`no JSON at ${token.lastIndex}`);
    depth--;
    return result;
  };
  const items = (): Json[] => {
    const result: Json[] = [];
    let match = next();
    if (match[1] === ']') return result;
    for (;;) {
      result.push(value(match));
      match = next();
      if (match[1] === ']') return result;
      if (match[1] !== ',') fail(`no JSON at ${token.lastIndex}`);
      match = next();
    }
  };
  const members = (): { [name: string]: Json } => {
    const result: { [name: string]: Json } = {};
    const names: string[] = [];
    let integers = false;
    let match = next();
    while (match[1] !== '}') {
      if (match[2] === undefined) fail(`no JSON at ${token.lastIndex}`);
      const name = JSON.parse(match[2] as string) as string;
      if (next()[1] !== ':') fail(`no JSON at ${token.lastIndex}`);
      if (Object.hasOwn(result, name)) fail(`the name ${name} stands twice`);
      integers ||= /^\d+$/.test(name);
      names.push(name);
      put(result, name, value(next()));
      match = next();
      if (match[1] === ',') {
        match = next();
        if (match[2] === undefined) fail(`no JSON at ${token.lastIndex}`);
      } else if (match[1] !== '}') fail(`no JSON at ${token.lastIndex}`);
    }
    if (integers) (result as unknown as Fields)[order] = names;
    return result;
  };
  const result = value(next());
  if (/[^ \t\r\n]/.test(text.slice(token.lastIndex))) fail(`more text at ${token.lastIndex}`);
  return result;
}
