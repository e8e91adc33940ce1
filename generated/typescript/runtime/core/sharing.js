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
            if (own === undefined || own === null)
                return undefined;
            if (typeof own !== 'string')
                fail(`expected a string for ${id}`);
            // Of alternatives, several read one object.
            if (shared().has(own) && shared().get(json) !== own)
                fail(`two objects with the id ${own}`);
            shared().set(own, value).set(json, own);
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
