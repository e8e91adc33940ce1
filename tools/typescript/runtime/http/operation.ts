import type { AnyCodec } from '../core/codec.js';
import { DataError, fail } from '../core/errors.js';
import { ApiError, type Answer, type Arguments, type Body, type Bound, type CallOptions, type Client, type Draft, type Operation, type Writer } from './model.js';

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
export async function received(codec: Described, response: Response, { formats }: Client): Promise<unknown> {
  const type = response.headers.get('content-type') as string;
  const document = await response.arrayBuffer();
  try {
    return (formats.find(({ types }) => types.test(type)) ?? fail(`an answer in ${type}`)).read(codec as AnyCodec, document, type);
  } catch (error) {
    // As `refused`, whose code is not worth a function here.
    throw error instanceof DataError ? error : new DataError(`${error}`);
  }
}

/** A path from the arguments of a call. */
export type Path = (args: Arguments, client: Client) => string;

/** An operation; `paged` and `waiting` wrap it where it has more. The last three arguments are those of `OperationFacts`. */
// @__NO_SIDE_EFFECTS__
export function operation<A, R, F>(method: string, path: Path, answers: Answers, writers: readonly Writer[] = [], find?: OperationFacts['find'], accept?: string, read: OperationFacts['read'] = received): Operation<A, R, F> {
  const raw = async (client: Client, args: A, options?: CallOptions): Promise<Answer<R, F>> => {
    const draft: Draft = {
      path: path(args as Arguments, client),
      headers: new Headers({ accept: accept ?? `${client.formats.map(({ kind }) => `application/${kind}`)}`, ...client.headers, ...options?.headers }),
    };
    for (const write of writers) await write(draft, args as Arguments, client);
    const request = new Request(client.base + draft.path, { ...options, method, ...draft });
    // The answer holds its request: Node forgets the signal of one that nobody holds.
    const response = Object.assign(await (client.fetch ?? fetch)(request), { request });
    const { status, ok } = response;
    // A success that is not listed is as the one that is; `ranges` tells several apart.
    const answer = answers[status] ?? find?.(answers, status) ?? (ok ? Object.values(answers)[0] : undefined);
    // What stands between says no in its own words: an error has its status, whatever its body is.
    const spare = ok || response.clone();
    try {
      // Nothing follows in an answer to HEAD, and in one whose status says so.
      const body = (answer ?? fail('')) && response.body ? await read(answer as AnyCodec, response, client) : undefined;
      return { ok, status, body, response } as Answer<R, F>;
    } catch (wrong) {
      throw spare === true ? wrong : new ApiError(status, await spare.text(), response);
    }
  };
  const call = async (...all: Parameters<typeof raw>): Promise<R> => {
    const answer = await raw(...all);
    if (answer.ok) return answer.body;
    throw new ApiError<F>(answer.status as number, answer.body, answer.response);
  };
  return Object.assign(call, { raw });
}

/** An operation that has what few have. */
// @__NO_SIDE_EFFECTS__
export function operationWith<A, R, F>(method: string, path: Path, answers: Answers, writers: readonly Writer[], { find, accept, read }: OperationFacts): Operation<A, R, F> {
  return operation(method, path, answers, writers, find, accept, read);
}

/** An operation without its client argument. */
export function bind<A, R, F>(client: Client, operation: Operation<A, R, F>): Bound<Operation<A, R, F>> {
  return ((args: A, options?: CallOptions) => operation(client, args, options)) as Bound<Operation<A, R, F>>;
}
