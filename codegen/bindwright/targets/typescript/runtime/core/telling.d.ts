import { type Codec, type Json } from './codec.js';
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
export declare function telling<T>(codec: Codec<T>, said: Readonly<Record<string, Said>>): Codec<T>;
