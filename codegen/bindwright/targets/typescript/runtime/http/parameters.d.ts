import type { AnyCodec } from '../core/codec.js';
import type { Arguments, Client, Writer } from './model.js';
import { textsOf, type Texts } from './texts.js';
/** How a value becomes text (OpenAPI 3.1.1, 4.8.12); `encode` percent-encodes a part. */
export interface Style {
    (name: string, texts: Texts, explode: boolean, encode: (text: string) => string): readonly string[];
    /** What the parts of a value are, where not those of `textsOf`. */
    readonly texts?: typeof textsOf;
}
/** What is said of a parameter. */
export interface ParameterOptions {
    readonly optional?: boolean;
    readonly style?: Style;
    readonly explode?: boolean;
    /** Reserved characters are not encoded. */
    readonly reserved?: boolean;
    /** The name in the arguments. */
    readonly argument?: string;
    /** A media type: the value is a document of it. */
    readonly content?: string;
}
/** Reserved characters stay, and what is encoded already; but `#`, which would end the URL, does not. */
export declare function keepReserved(text: string): string;
/** All parts in one list, names before their values. */
export declare function flat(texts: Texts, encode: (text: string) => string, equals?: string): string[];
/** Parts with commas between. */
export declare const simple: Style;
/** `name=value` pairs. */
export declare const formStyle: Style;
/** The text of a parameter in the path; `client` is needed where it is a document (`content`). */
export declare function inPath(args: Arguments, name: string, codec: AnyCodec, options?: ParameterOptions, client?: Client): string;
/** A parameter in the query. */
export declare function inQuery(name: string, codec: AnyCodec, options?: ParameterOptions): Writer;
/** The whole query string. */
export declare function asQuery(name: string, codec: AnyCodec, options?: ParameterOptions): Writer;
/** A parameter in a header. */
export declare function inHeader(name: string, codec: AnyCodec, options?: ParameterOptions): Writer;
/** A parameter in a cookie; browsers send their own. */
export declare function inCookie(name: string, codec: AnyCodec, options?: ParameterOptions): Writer;
