import type { AnyCodec, Codec, Json, Scalar } from '../core/codec.js';
/** The text of a JSON string. */
export declare function textOf(json: Json | undefined): string;
/** A text that is kept as it is, if it fits. */
export declare function texts(check: (text: string) => string): Scalar<string>;
/** A text that matches an expression. */
export declare function matching(expression: RegExp, what: string): Scalar<string>;
/** Any text. */
export declare const string: Scalar<string>;
export declare const boolean: Scalar<boolean>;
export declare const uuid: Scalar<string>;
/** A duration of XML Schema (ISO 8601). */
export declare const duration: Scalar<string>;
/** The first codec in JSON, the second one in XML; both have the same values. */
export declare function inXml<T>(json: Codec<T>, xml: AnyCodec): Codec<T>;
