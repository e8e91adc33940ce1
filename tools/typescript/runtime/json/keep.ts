import { kept, order, type AnyCodec, type Fields, type Json } from '../core/codec.js';
import { reading } from '../core/reading.js';
import { exactly } from './exactly.js';

/** Members that are not described, with the name of the member before each. */
export type KeptMembers = readonly (readonly [name: string, value: Json, after: string | undefined])[];

/** Keeps the members of an object that its type does not name, with the value that was read. */
export function keepMembers({ members = [], beyond }: AnyCodec, json: Readonly<Record<string, Json>>, value: Fields): void {
  const unknown: [string, Json, string | undefined][] = [];
  let after: string | undefined;
  for (const name of ((json as Fields)[order] as readonly string[] | undefined) ?? Object.keys(json)) {
    if (!members.some((member) => member.name === name && member.only !== 'xml') && beyond?.takes?.(name) !== true) unknown.push([name, json[name] as Json, after]);
    after = name;
  }
  reading.again = exactly;
  if (unknown.length > 0) value[kept] = { json: unknown };
}
