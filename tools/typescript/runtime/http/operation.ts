import type { AnyCodec } from '../core/codec.js';
import { fail } from '../core/errors.js';
import { held } from './held.js';
import { ApiError, type Answer, type Body, type Bound, type CallOptions, type Client, type Draft, type Format, type Operation, type Parameter } from './model.js';

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
export function formsOf(described: Described | readonly Described[], { formats }: Client): Form[] {
  const all = [described].flat(2) as (AnyCodec & Body)[];
  return [...formats, undefined].flatMap((format) =>
    all.flatMap((one) => ((one?.form ? one.form === (format?.kind ?? 'own') : one && format) ? { format, of: (one.codec ?? one) as AnyCodec & Body, mediaType: one.mediaType ?? format?.mediaType ?? '*/*' } : [])),
  );
}

/** An operation; `paged` and `waiting` wrap it where it has more. */
// @__NO_SIDE_EFFECTS__
export function operation<A, R, F>({ method, path, parameters = [], body, answers, security }: OperationFacts): Operation<A, R, F> {
  const raw = async (client: Client, args: A, options: CallOptions = {}): Promise<Answer<R, F>> => {
    const accept = [...new Set(formsOf(Object.values(answers), client).map((form) => form.mediaType))].join(', ') || '*/*';
    const draft: Draft = { path, query: [], headers: new Headers({ accept, ...client.headers, ...options.headers }) };
    for (const write of [...parameters, body, security]) await write?.(draft, args as Readonly<Record<string, unknown>>, client);
    const timeout = options.timeout ?? client.timeout;
    let signal = options.signal ?? null;
    if (timeout) {
      const limit = AbortSignal.timeout(timeout);
      // A handler keeps the signal: Node 20 forgets one that only others follow.
      limit.onabort = () => undefined;
      signal = AbortSignal.any([signal ?? limit, limit]);
    }
    const query = draft.query.join('&');
    const request = new Request(client.base + draft.path + (query && (draft.path.includes('?') ? '&' : '?') + query), { ...draft, method, signal });
    const response = await held(client.fetch ?? fetch, request);
    const { status, ok } = response;
    const key = [`${status}`, `${`${status}`[0]}XX`, 'default'].find((name) => name in answers);
    let value;
    if (!key) throw new ApiError(status, await response.text(), response);
    // Nothing follows in an answer to HEAD, and in one whose status says so.
    if (answers[key] && response.body) {
      // What stands between says no in its own words: an error has its status, whatever its body is.
      const spare = ok ? undefined : response.clone();
      try {
        const type = `${response.headers.get('content-type')}`.toLowerCase().split(/ *;/)[0] ?? '';
        const forms = formsOf(answers[key], client);
        // Those of no format come last.
        const { format, of } = forms.find((one) => one.mediaType === type) ?? forms.find((one) => type.includes(one.format?.kind ?? '')) ?? fail(`an answer of the type ${type}`);
        value = await (format ? format.read(of, new Uint8Array(await response.arrayBuffer())) : (of as Body).read?.(response, client));
      } catch (wrong) {
        throw spare ? new ApiError(status, await spare.text(), response) : wrong;
      }
    }
    return { ok, status, body: value, response } as Answer<R, F>;
  };
  const call = async (client: Client, args: A, options?: CallOptions): Promise<R> => {
    const answer = await raw(client, args, options);
    if (answer.ok) return answer.body;
    throw new ApiError<F>(answer.response.status, answer.body, answer.response);
  };
  return Object.assign(call, { raw });
}

/** An operation without its client argument. */
export function bind<A, R, F>(client: Client, one: Operation<A, R, F>): Bound<Operation<A, R, F>> {
  return ((args: A, options?: CallOptions) => one(client, args, options)) as Bound<Operation<A, R, F>>;
}
