import { type AnyCodec, type Fields } from '../core/codec.js';
/** The codec that writes an object: of alternatives and of derived types that which the value says or fits. */
export declare function writerOf(codec: AnyCodec, value: Fields): AnyCodec;
/** The text of a scalar: of a union that of the alternative that has one. */
export declare function printed(codec: AnyCodec, value: unknown): string;
/** What a parameter's value consists of: one text, several, or texts by name. */
export type Texts = string | readonly string[] | readonly (readonly [name: string, text: string])[];
/** Whether the parts are named. */
export declare function isNamed(texts: Texts): texts is readonly (readonly [name: string, text: string])[];
/** The texts of a value; null and what is not there is left out. */
export declare function textsOf(codec: AnyCodec, value: unknown): Texts;
