import { fail } from './errors.js';
import { reading } from './reading.js';
/** Each object is written once, with an id, and referred to after. */
// @__NO_SIDE_EFFECTS__
export function sharing(id, reference) {
    // Objects of the document that is being read, by id; ids of those that were written.
    const shared = () => (reading.shared ??= new Map());
    return {
        names: [id, reference],
        known: (json, value) => {
            if (Object.hasOwn(json, reference))
                return shared().get(String(json[reference])) ?? fail(`nothing has the id ${String(json[reference])}`);
            const own = json[id];
            if (own !== undefined)
                shared().set(typeof own === 'string' ? own : fail(`expected a string for ${id}`), value);
            return undefined;
        },
        write: (value) => {
            const known = shared().get(value);
            if (known !== undefined)
                return { whole: `{${JSON.stringify(reference)}:"${known}"}` };
            const number = String(shared().size + 1);
            shared().set(value, number);
            return { first: `,${JSON.stringify(id)}:"${number}"` };
        },
    };
}
