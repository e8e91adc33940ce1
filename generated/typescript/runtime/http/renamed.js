import { fail } from '../core/errors.js';
/** An operation whose arguments may have the names that they had before: `names` has these, with those of today. */
// @__NO_SIDE_EFFECTS__
export function renamed(operation, names) {
    const today = (args) => {
        const result = { ...args };
        for (const [older, name] of Object.entries(names)) {
            if (result[older] === undefined)
                continue;
            if (result[name] !== undefined)
                fail(`the argument ${name} was called ${older}: expected one of them`);
            result[name] = result[older];
            delete result[older];
        }
        return result;
    };
    const call = async (client, args, options) => operation(client, today(args), options);
    const raw = async (client, args, options) => operation.raw(client, today(args), options);
    return Object.assign(call, { raw, today });
}
