import { type Codec, type Json } from './codec.js';
/** What a discriminator says of one type. */
export interface Said {
    /** Its value where nobody sets another; absent: nothing says one. */
    readonly usual?: Json;
    /** Values that say other types. */
    readonly others?: readonly string[];
}
/** The codec of an object that discriminators tell, by their names: they are written where nobody set them, and checked where somebody did. */
export declare function telling<T>(codec: Codec<T>, said: Readonly<Record<string, Said>>): Codec<T>;
