import { kept, order, type AnyCodec, type Fields, type Json } from '../core/codec.js';
import { reading } from '../core/reading.js';
import { exact } from './exactly.js';

/** Members that are not described, with the name of the member before each. */
export type KeptMembers = readonly (readonly [name: string, value: Json, after: string | undefined])[];

/** Keeps the members of an object that its type does not name, with the value that was read. */
export const keepMembers: NonNullable<typeof reading.keep> = /* @__PURE__ */ exact(({ members = [], beyond }: AnyCodec, json: Readonly<Record<string, Json>>, value: Fields): void => {
  // Nearly always: all that is there was read.
  if (Object.keys(json).length === Object.keys(value).length) return;
  const unknown: [string, Json, string | undefined][] = [];
  let after: string | undefined;
  for (const name of ((json as Fields)[order] as readonly string[] | undefined) ?? Object.keys(json)) {
    const described = members.some((member) => member.name === name && member.only !== 'xml' && !(member.conditional === true && value[name] === undefined && json[name] !== null));
    // What the type takes without a place of its own (an id, a further member) is written elsewhere: nothing stands behind it.
    if (!described && beyond?.takes?.(name) === true) continue;
    if (!described) unknown.push([name, json[name] as Json, after]);
    after = name;
  }
  if (unknown.length === 0) return;
  reading.again = true;
  value[kept] = { json: unknown };
});
