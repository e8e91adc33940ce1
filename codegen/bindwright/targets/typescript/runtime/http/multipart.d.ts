import type { AnyCodec } from '../core/codec.js';
import type { Body } from './model.js';
/** Which parts are octets: all, or those that are neither JSON, XML nor text; `encoded`: they are text, whose encoding the document says. */
type Octets = 'all' | 'others' | 'encoded' | undefined;
/** An answer of parts without names, each by its own media type (OpenAPI 3.2.0, "Encoding By Position"). */
export declare function positional(codec: AnyCodec, mediaType: string, octets?: Octets, limit?: number): Body;
export {};
