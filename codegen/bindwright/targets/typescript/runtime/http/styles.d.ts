import { type Style } from './parameters.js';
/** `.a.b`, in paths. */
export declare const label: Style;
/** `;name=a`, in paths. */
export declare const matrix: Style;
/** Parts with blanks between. */
export declare const spaceDelimited: Style;
/** Parts with bars between. */
export declare const pipeDelimited: Style;
/** `name[key]=value`. */
export declare const deepObject: Style;
/** A cookie (OpenAPI 3.2): pairs that are not encoded. */
export declare const cookie: Style;
