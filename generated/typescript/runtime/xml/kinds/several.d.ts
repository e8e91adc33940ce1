import type { Json } from '../../core/codec.js';
import type { OpenTag, Place, Reading } from '../model.js';
/** The value of a further element that is called by one key: of any type it is a list with the one before, as it is written. */
export declare function further({ codec }: Place, { root }: Reading, before: unknown, part: unknown, problem: string): unknown;
/** What elements of one name are: of a list its items, of which there has to be one. */
export declare function itemsOf(part: Json): readonly Json[];
/** The elements of a value that are called by its key. */
export declare function elementsOf(place: Place, part: unknown, tag: OpenTag, name: string): string;
