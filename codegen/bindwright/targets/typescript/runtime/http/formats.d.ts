import type { Client, ClientOptions, Format } from './model.js';
/** JSON in answers alone: a bundle without a writer. Of the media types of JSON one has another name. */
export declare const jsonAnswers: Format;
/** JSON in answers and bodies. */
export declare const json: Format;
/** XML in answers alone: a bundle without a writer. */
export declare const xmlAnswers: Format;
/** The same of objects and lists whose elements are called as their members, all in one namespace: less code. Others are refused. */
export declare const plainXmlAnswers: Format;
/** XML in answers and bodies. */
export declare const xml: Format;
/** A client of an API at an address, with `serverVariables` for what stands in braces; it reads and writes JSON if nothing else is said. */
export declare function connect(base: string, options?: ClientOptions): Client;
/** A client of an API at an address, without variables, that has these formats and no other code. */
export declare function connectBy(base: string, formats: readonly Format[], options?: ClientOptions): Client;
