import type { AnyCodec } from '../core/codec.js';
import type { Body } from './model.js';
/** An answer of parts without names, each by its own media type (OpenAPI 3.2.0, "Encoding By Position"). */
export declare function positional(codec: AnyCodec, mediaType: string, limit?: number): Body;
/** An answer of parts with names, the members of an object: each by its own media type. A list has a part for each item, or one JSON text. */
export declare function named(codec: AnyCodec, mediaType: string, limit?: number): Body;
