import type { Json, Sharing } from './codec.js';
import { fail } from './errors.js';
import { reading } from './reading.js';

/** Objects of the document that is being read, by id; ids of those that were written. */
let objects = new Map<string, object>();
let ids = new Map<object, string>();

/** Each object is written once, with an id, and referred to after. */
// @__NO_SIDE_EFFECTS__
export function sharing(id: string, reference: string): Sharing {
  reading.begin = () => {
    objects = new Map();
    ids = new Map();
  };
  return {
    names: [id, reference],
    known: (json, value) => {
      if (Object.hasOwn(json, reference)) return objects.get(String(json[reference])) ?? fail(`nothing has the id ${String(json[reference])}`);
      const own: Json | undefined = json[id];
      if (own !== undefined) objects.set(typeof own === 'string' ? own : fail(`expected a string for ${id}`), value);
      return undefined;
    },
    write: (value) => {
      const known = ids.get(value);
      if (known !== undefined) return { whole: `{${JSON.stringify(reference)}:"${known}"}` };
      const number = String(ids.size + 1);
      ids.set(value, number);
      return { first: `,${JSON.stringify(id)}:"${number}"` };
    },
  };
}
