import { type AnyCodec } from '../core/codec.js';
import { type Style } from './parameters.js';
/** The JSON of a value; of one without a description as it is. */
export declare const jsonOf: (codec: AnyCodec, value: unknown) => string;
/** `name[key]=value`; deeper than OpenAPI defines, each level adds its name or position: `name[key][0]=value`. */
export declare const deepObject: Style;
