import { own, put } from './codec.js';
import { fail, within } from './errors.js';
/** The codec of an object that discriminators tell, by their names: they are written where nobody set them, and checked where somebody did. */
// @__NO_SIDE_EFFECTS__
export function telling(codec, said) {
    const complete = (value) => {
        let full = value;
        for (const [name, { usual, values, own: allowed }] of Object.entries(said)) {
            const present = own(value, name);
            if (present === undefined && usual !== undefined)
                put((full = { ...full }), name, usual);
            else if (allowed?.includes(String(present)) === false && values?.includes(String(present)) === true) {
                try {
                    fail(`${String(present)} says another type`);
                }
                catch (error) {
                    throw within(error, name);
                }
            }
        }
        return full;
    };
    return { ...codec, complete };
}
