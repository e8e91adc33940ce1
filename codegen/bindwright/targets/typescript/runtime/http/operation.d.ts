import type { AnyCodec } from '../core/codec.js';
import { type Arguments, type Body, type Bound, type Client, type Operation, type Writer } from './model.js';
/** What an answer holds; false: nothing. */
export type Described = AnyCodec | Body | readonly (AnyCodec | Body)[] | false;
/** Answers by their status. */
export type Answers = Readonly<Record<string, Described>>;
/** What few operations have. */
export interface OperationFacts {
    /** Answers whose status is not listed itself: `ranges`. */
    readonly find?: (answers: Answers, status: number) => Described | undefined;
    /** What is asked for where that is not what the client's formats are called. */
    readonly accept?: string;
    /** Reads an answer that is more than a codec: `various`. */
    readonly read?: (described: Described, response: Response, client: Client) => unknown;
}
/** Reads an answer in the format of the client that its media type names. */
export declare function received(codec: Described, response: Response, { formats }: Client): Promise<unknown>;
/** A path from the arguments of a call. */
export type Path = (args: Arguments, client: Client) => string;
/** An operation; `paged` and `waiting` wrap it where it has more. The last three arguments are those of `OperationFacts`. */
export declare function operation<A, R, F>(method: string, path: Path, answers: Answers, writers?: readonly Writer[], find?: OperationFacts['find'], accept?: string, read?: OperationFacts['read']): Operation<A, R, F>;
/** An operation that has what few have. */
export declare function operationWith<A, R, F>(method: string, path: Path, answers: Answers, writers: readonly Writer[], { find, accept, read }: OperationFacts): Operation<A, R, F>;
/** An operation without its client argument. */
export declare function bind<A, R, F>(client: Client, operation: Operation<A, R, F>): Bound<Operation<A, R, F>>;
