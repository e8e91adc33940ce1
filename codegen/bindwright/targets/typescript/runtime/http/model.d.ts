import type { AnyCodec } from '../core/codec.js';
/** A format of bodies: how values are read and written. */
export interface Format {
    /** Also what `application/` is asked for and sent where the operation names nothing else. */
    readonly kind: 'json' | 'xml';
    /** The media types that are of the format, whatever the operation names. */
    readonly types: RegExp;
    /** `type` is the media type of the answer, with its charset. */
    readonly read: (codec: AnyCodec, document: ArrayBuffer, type?: string) => unknown;
    /** Absent: the format is only read. */
    readonly write?: (codec: AnyCodec, value: unknown) => string;
}
/** What is about to be sent. */
export interface Draft {
    /** With the query. */
    path: string;
    readonly headers: Headers;
    body?: BodyInit | null;
}
/** How a caller says who he is: writes a credential into a request. */
export type Scheme = (draft: Draft, credential: string) => void;
/** What an API is called with. */
export interface ClientOptions {
    /** Formats of answers and bodies; the first one is asked for. Absent: JSON. */
    readonly formats?: readonly Format[];
    readonly fetch?: (request: Request) => Promise<Response>;
    readonly headers?: Readonly<Record<string, string>>;
    /** Values of the variables that addresses of servers have in braces, the client's own and those of operations. */
    readonly serverVariables?: Readonly<Record<string, string>>;
    readonly schemes?: Readonly<Record<string, Scheme>>;
    /** Keys, tokens, or `user:password`, by the name of the scheme. */
    readonly credentials?: Readonly<Record<string, string | (() => string | Promise<string>)>>;
}
/** Where an API is, and how it is called. */
export interface Client extends ClientOptions {
    readonly base: string;
    readonly formats: readonly Format[];
}
/** What holds for one call; whatever else `fetch` takes goes to it as it is. */
export interface CallOptions extends Omit<RequestInit, 'method' | 'body' | 'headers' | 'signal'> {
    readonly signal?: AbortSignal;
    readonly headers?: Readonly<Record<string, string>>;
}
/** A body that an operation describes. */
export interface Body {
    /** What it is in: `json` or `xml`, with a codec; others bring their own code. */
    readonly form: string;
    readonly mediaType?: string | undefined;
    readonly codec?: AnyCodec | undefined;
    /** Reads an answer; absent: the format of its kind does. */
    readonly read?: (response: Response, client: Client) => unknown;
    readonly write?: (value: unknown, client: Client) => {
        readonly body: BodyInit | null;
        readonly type?: string;
    };
}
/** The arguments of a call. */
export type Arguments = Readonly<Record<string, unknown>>;
/** Adds something to a request: a parameter that is among the arguments of a call, its body, credentials. */
export type Writer = (draft: Draft, args: Arguments, client: Client) => void | Promise<void>;
/** What was answered. */
export type Answer<R, F> = {
    readonly ok: true;
    readonly status: number;
    readonly body: R;
    readonly response: Response;
} | {
    readonly [S in keyof F]: {
        readonly ok: false;
        readonly status: S;
        readonly body: F[S];
        readonly response: Response;
    };
}[keyof F];
/** An operation: call it with a client. */
export interface Operation<in A, out R, in out F> {
    (client: Client, args: A, options?: CallOptions): Promise<R>;
    /** The answer with its status, whichever it is; only what is not documented is thrown. */
    readonly raw: (client: Client, args: A, options?: CallOptions) => Promise<Answer<R, F>>;
}
/** An operation that is bound to a client. */
export type Bound<O> = O extends Operation<infer A, infer R, infer _F> ? (args: A, options?: CallOptions) => Promise<R> : never;
/** An answer that is no success. */
export declare class ApiError<F = unknown> extends Error {
    readonly name = "ApiError";
    readonly status: number;
    readonly body: F[keyof F] | string;
    readonly response: Response;
    constructor(status: number, body: F[keyof F] | string, response: Response);
}
