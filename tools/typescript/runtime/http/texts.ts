import { actual, namesOf, own, type AnyCodec, type Fields } from '../core/codec.js';
import { DataError, fail } from '../core/errors.js';
import { resolved } from '../core/members.js';
import { writeJson } from '../json/write.js';

/** The codec that writes an object: of alternatives and of derived types that which the value says or fits. */
export function writerOf(codec: AnyCodec, value: Fields): AnyCodec {
  const [target] = resolved(codec);
  let other = (target.told ?? target.beyond?.told)?.(value) ?? (value[actual] as AnyCodec | undefined);
  try {
    other ??= target.fits?.(value, writeJson);
  } catch (error) {
    // JSON has no files: the value is written as it is.
    if (!(error instanceof DataError)) throw error;
  }
  return other === undefined || resolved(other)[0] === target ? target : writerOf(other, value);
}

/** The text of a scalar: of a union that of the alternative that has one. */
export function printed(codec: AnyCodec, value: unknown): string {
  const [target] = resolved(codec);
  if (target.print !== undefined) return target.print(value as never);
  for (const part of target.parts ?? []) {
    try {
      return printed(part, value);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
    }
  }
  return typeof value === 'object' ? fail('expected a scalar') : String(value);
}

/** What a parameter's value consists of: one text, several, or texts by name. */
export type Texts = string | readonly string[] | readonly (readonly [name: string, text: string])[];

/** Whether the parts are named. */
export function isNamed(texts: Texts): texts is readonly (readonly [name: string, text: string])[] {
  return typeof texts !== 'string' && Array.isArray(texts[0]);
}

/** The texts of a value; null and what is not there is left out. */
export function textsOf(codec: AnyCodec, value: unknown): Texts {
  const [whole] = resolved(codec);
  if (typeof value !== 'object' || value === null || whole.print !== undefined) return printed(whole, value);
  const target = writerOf(whole, value as Fields);
  if (target.print !== undefined) return printed(target, value);
  const fields = value as Fields;
  const there = (part: unknown): boolean => part !== null && part !== undefined;
  if (Array.isArray(value)) return value.filter(there).map((item, index) => printed(target.item ?? target.parts?.[index] ?? target, item));
  const names = namesOf(fields).filter((name) => there(own(fields, name)));
  return names.map((name): readonly [string, string] => {
    const codecOfName = target.members?.find((member) => member.name === name)?.codec ?? target.item ?? target.beyond?.further?.(name) ?? {};
    return [name, [textsOf(codecOfName, own(fields, name))].flat().join(',')];
  });
}
