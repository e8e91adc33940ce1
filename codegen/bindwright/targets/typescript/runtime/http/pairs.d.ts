import type { Codec } from '../core/codec.js';
import type { Body } from './model.js';
/** An answer that is a form: the pairs are the JSON that they stand for, by the types of the members. A name that stands several times is a list. */
export declare function pairs<T>(codec: Codec<T>, mediaType: string): Body;
