import { type AnyCodec, type Codec, type Json } from '../core/codec.js';
import type { Body } from './model.js';
import { type Style } from './parameters.js';
/** Octets that are sent. */
export type Upload = Blob | Uint8Array | ReadableStream<Uint8Array>;
/** Fields of a form without a description. */
export type FormFields = {
    [name: string]: Json | Blob;
};
/** A JSON body. */
export declare function jsonBody<T>(codec: Codec<T>, mediaType?: string): Body;
/** An XML body. */
export declare function xmlBody<T>(codec: Codec<T>, mediaType?: string): Body;
/** Text; where a codec is given, that of a scalar. */
export declare function plain(mediaType: string, codec?: AnyCodec): Body;
/** A body of parts that the document describes as a text or octets: it names the boundary that it begins with (RFC 2046, 5.1.1). */
export declare function whole(body: Body): Body;
/** Octets, whatever they are. */
export declare function blob(mediaType: string): Body;
/** How one part of a form is sent. */
export interface Part {
    readonly contentType?: string;
    /** Writes it where it is neither JSON nor a scalar, with code that no other form has: `toXml`, `delimited`. */
    readonly write?: (codec: AnyCodec, value: never, part: Part) => string;
    /** Parts of an object that has a style, with code that no other form has: `stylePairs`. */
    readonly split?: (name: string, codec: AnyCodec, value: object, part: Part) => readonly (readonly [name: string, text: string])[];
    readonly style?: string;
    readonly explode?: boolean;
    /** Encodes its text in a form of pairs, where reserved characters stay: `keepReserved`. */
    readonly encode?: (text: string) => string;
    /** What its value is where that says more than the form's type: lists in a list as texts. */
    readonly codec?: AnyCodec;
    /** Octets are text: the document says how they are encoded. */
    readonly encoded?: boolean;
    /** Headers that have one value only; `FormData` has none. */
    readonly headers?: Readonly<Record<string, string>>;
}
type Parts = Readonly<Record<string, Part>>;
/** An urlencoded form; as the style of a parameter, `name=value` pairs. */
export declare const form: Style & ((codec: AnyCodec, mediaType: string, parts?: Parts) => Body);
/** A part that is text though its value has several: they stand one behind the other, as in a header. */
export declare function delimited(codec: AnyCodec, value: unknown, { style, explode }: Part): string;
/** The parts that an object with a style has: the pairs that a query would have (OpenAPI 3.1.1, 4.8.15.1.2), of which nothing is encoded. */
export declare function stylePairs(name: string, codec: AnyCodec, value: object, { style, explode }: Part): readonly (readonly [name: string, text: string])[];
/** A form of parts. */
export declare function multipart(codec: AnyCodec, mediaType: string, parts?: Parts): Body;
/** Parts that are no form (`multipart/mixed`, `multipart/related`): `fetch` writes forms alone. Members have their names (OpenAPI 3.1.1, 4.8.14.5), items none. */
export declare function mixed(codec: AnyCodec, mediaType: string, parts?: Parts): Body;
export {};
