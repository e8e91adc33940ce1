import { own, put, type Codec, type Fields, type Json } from './codec.js';
import { fail, within } from './errors.js';

/** What a discriminator says of one type. */
export interface Said {
  /** Its value where nobody sets another; absent: nothing says one. */
  readonly usual?: Json;
  /** All values that the discriminator has; absent: none says another type. */
  readonly values?: readonly string[];
  /** Those of them that say this type, one that derives from it or one that it derives from. */
  readonly own?: readonly string[];
}

/** The codec of an object that discriminators tell, by their names: they are written where nobody set them, and checked where somebody did. */
// @__NO_SIDE_EFFECTS__
export function telling<T>(codec: Codec<T>, said: Readonly<Record<string, Said>>): Codec<T> {
  const complete = (value: Fields): Fields => {
    let full = value;
    for (const [name, { usual, values, own: allowed }] of Object.entries(said)) {
      const present = own(value, name);
      if (present === undefined && usual !== undefined) put((full = { ...full }), name, usual);
      else if (allowed?.includes(String(present)) === false && values?.includes(String(present)) === true) {
        try {
          fail(`${String(present)} says another type`);
        } catch (error) {
          throw within(error, name);
        }
      }
    }
    return full;
  };
  return { ...codec, complete };
}
