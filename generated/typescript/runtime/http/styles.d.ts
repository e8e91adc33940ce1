import type { Codec } from '../core/codec.js';
import { type Style } from './parameters.js';
/** `.a.b`, in paths. */
export declare const label: Style;
/** `;name=a`, in paths. */
export declare const matrix: Style;
/** Parts with blanks between. */
export declare const spaceDelimited: Style;
/** Parts with bars between. */
export declare const pipeDelimited: Style;
/** Parts with tabs between (`collectionFormat: tsv` of OpenAPI 2.0). */
export declare const tabDelimited: Style;
/** Parts with a mark between, in paths and headers (`collectionFormat` of OpenAPI 2.0). */
export declare function separated(mark: string): Style;
/** A list that is one text, with a mark between its items: one within a list has a mark of its own. */
export declare function joined<T>(item: Codec<T>, mark: string): Codec<T[]>;
/** A cookie (OpenAPI 3.2): pairs that are not encoded. */
export declare const cookie: Style;
