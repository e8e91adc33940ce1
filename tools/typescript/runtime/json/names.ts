import { fail } from '../core/errors.js';

/**
 * Refuses a document in which an object has a name twice: `JSON.parse` keeps the last of them, other readers the first
 * (RFC 8259, 4). There is one exactly where the text has more names than what was parsed of it. They are counted by
 * what stands behind them; where a string has a quotation mark before a colon, too, outside of strings alone.
 */
export function checkNames(text: string, json: unknown): void {
  let count = 0;
  const parts = [json];
  for (const part of parts) {
    if (typeof part !== 'object' || part === null) continue;
    const values: unknown[] = Object.values(part);
    if (!Array.isArray(part)) count += values.length;
    for (const value of values) if (typeof value === 'object') parts.push(value);
  }
  if (count === 0 || text.match(/"\s*:/g)?.length === count) return;
  // Without escapes, every other part between quotation marks is outside of strings.
  const outside = text.replace(/\\./g, '').split('"').filter((_, index) => index % 2 === 0);
  if (outside.filter((part) => /^\s*:/.test(part)).length !== count) fail('a name twice');
}
