import type { AnyCodec } from '../core/codec.js';
import type { Body } from './model.js';
/** An event of a stream that no schema describes (WHATWG HTML, 9.2). */
export interface ServerSentEvent {
    readonly data: string;
    readonly event?: string;
    readonly id?: string;
    /** Milliseconds. */
    readonly retry?: number;
}
/** The items, one by one: those before a broken one have come when its error does, with its index in the path. */
export declare function items<T>(texts: AsyncIterable<T>, read: (text: T) => unknown): AsyncGenerator<unknown>;
/** A JSON text a line. */
export declare function lines(codec: AnyCodec | undefined, mediaType: string): Body;
/** A JSON text sequence (RFC 7464). */
export declare function sequence(codec: AnyCodec | undefined, mediaType: string): Body;
/** Server-sent events. */
export declare function events(codec: AnyCodec | undefined, mediaType: string): Body;
