/** The encoding that a media type names. */
export declare function charsetOf(type: string | null | undefined): string | undefined;
/** The text of a document: its mark of the byte order goes before what is said (RFC 7303, 3.3). Undefined: nothing is said. */
export declare function decodeAs(document: ArrayBuffer, type: string | undefined): string | undefined;
/** The text of an answer; octets that are none of its encoding are replaced. */
export declare function textOf(response: Response): Promise<string>;
