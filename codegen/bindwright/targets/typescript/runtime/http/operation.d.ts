import type { AnyCodec } from '../core/codec.js';
import { type Body, type Bound, type Client, type Format, type Operation, type Parameter } from './model.js';
export type Described = AnyCodec | Body | readonly (AnyCodec | Body)[] | undefined;
/** Adds the body that is among the arguments of a call. */
export type SendBody = Parameter;
/** Adds the credentials of a client. */
export type Authorize = (...call: Parameters<Parameter>) => Promise<void>;
/** What the document says of an operation. */
export interface OperationFacts {
    readonly method: string;
    readonly path: string;
    readonly parameters?: readonly Parameter[];
    /** Absent: no body is sent. */
    readonly body?: SendBody;
    readonly answers: Readonly<Record<string, Described>>;
    /** Absent: nobody is asked who he is. */
    readonly security?: Authorize;
    readonly servers?: readonly string[];
}
/** One way of reading and writing a body: a codec in a format, or a body that brings its own code. */
export interface Form {
    readonly mediaType: string | undefined;
    readonly format?: Format | undefined;
    /** The codec in that format, or the body. */
    readonly of: AnyCodec & Body;
}
/** The forms of a body that a client knows, those of its first format first. A codec alone has all its formats. */
export declare function formsOf(described: Described | readonly Described[], { formats }: Client): Form[];
/** An operation; `paged` and `waiting` wrap it where it has more. */
export declare function operation<A, R, F>({ method, path, parameters, body, answers, security }: OperationFacts): Operation<A, R, F>;
/** An operation without its client argument. */
export declare function bind<A, R, F>(client: Client, one: Operation<A, R, F>): Bound<Operation<A, R, F>>;
