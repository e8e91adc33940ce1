import type { AnyCodec } from '../core/codec.js';
import { fail } from '../core/errors.js';
import { ApiError, type Answer, type Body, type Bound, type CallOptions, type Client, type ClientOptions, type Draft, type Format, type Operation, type Parameter } from './model.js';

export type Described = AnyCodec | Body | readonly (AnyCodec | Body)[] | undefined;

/** Adds the body that is among the arguments of a call. */
export type SendBody = (args: Readonly<Record<string, unknown>>, draft: Draft, client: Client) => void;

/** Adds the credentials of a client. */
export type Authorize = (draft: Draft, client: Client) => Promise<void>;

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

/** The same client with other options. */
export function clientOf(base: string, formats: readonly Format[], options: ClientOptions): Client {
  return { formats, ...options, base: base.replace(/\/$/, '') };
}

/** The bodies that stand in a place; a codec alone is read and written by whichever format there is. */
export function bodiesOf(described: Described): readonly Body[] {
  return [described].flat().flatMap((one): Body[] => (one === undefined ? [] : typeof (one as Body).kind === 'string' ? [one as Body] : ['json', 'xml'].map((kind) => ({ kind, codec: one as AnyCodec }))));
}

export function formatOf(client: Client, body: Body): Format | undefined {
  return client.formats.find((format) => format.kind === body.kind);
}

async function send(facts: OperationFacts, client: Client, args: Readonly<Record<string, unknown>>, options: CallOptions): Promise<Response> {
  const draft: Draft = { path: facts.path, query: [], headers: new Headers({ accept: accepted(facts, client), ...client.headers, ...options.headers }), cookies: [] };
  for (const parameter of facts.parameters ?? []) {
    const value = args[parameter.argument] ?? undefined;
    if (value !== undefined) parameter.write(value, draft, client);
    else if (!parameter.optional) fail(`no argument ${parameter.argument}`);
  }
  facts.body?.(args, draft, client);
  await facts.security?.(draft, client);
  if (draft.cookies.length > 0) draft.headers.set('cookie', draft.cookies.join('; '));
  const timeout = options.timeout ?? client.timeout;
  const signals = [options.signal, timeout === undefined ? undefined : AbortSignal.timeout(timeout)].filter((signal) => signal !== undefined);
  const init = { method: facts.method, headers: draft.headers, body: draft.body ?? null, signal: signals.length > 0 ? AbortSignal.any(signals) : null, ...(draft.body instanceof ReadableStream ? { duplex: 'half' } : {}) };
  const request = new Request(client.base + draft.path + (draft.query.length > 0 ? (draft.path.includes('?') ? '&' : '?') + draft.query.join('&') : ''), init);
  return (client.fetch ?? fetch)(request);
}

/** What is asked for: the media types of all answers that the client can read, those of its first format first. */
function accepted(facts: OperationFacts, client: Client): string {
  const bodies = Object.values(facts.answers).flatMap(bodiesOf);
  const types = client.formats.flatMap((format) => bodies.filter((body) => body.kind === format.kind).map((body) => body.mediaType ?? format.mediaType));
  return [...new Set([...types, ...bodies.filter((body) => body.read !== undefined).map((body) => body.mediaType ?? '*/*')])].join(', ') || '*/*';
}

/** The body of an answer. */
async function read(described: Described, response: Response, client: Client): Promise<unknown> {
  const [type = ''] = (response.headers.get('content-type') ?? '').toLowerCase().split(/ *;/);
  // An answer to HEAD, and one whose status says that nothing follows.
  if (response.body === null) return undefined;
  const bodies = bodiesOf(described);
  const body = bodies.find((one) => one.mediaType === type) ?? bodies.find((one) => formatOf(client, one) !== undefined && type.includes(one.kind)) ?? bodies.find((one) => one.read !== undefined);
  if (body?.read !== undefined) return body.read(response, client);
  const format = body === undefined ? undefined : formatOf(client, body);
  if (format === undefined) return bodies.length === 0 ? undefined : fail(`an answer of the type ${type}`);
  return format.read(body?.codec ?? {}, new Uint8Array(await response.arrayBuffer()));
}

/** An operation; `pages` and `waiting` wrap it where it has more. */
// @__NO_SIDE_EFFECTS__
export function operation<A, R, F>(facts: OperationFacts): Operation<A, R, F> {
  const raw = async (client: Client, args: A, options: CallOptions = {}): Promise<Answer<R, F>> => {
    const response = await send(facts, client, args as Readonly<Record<string, unknown>>, options);
    const { status, ok } = response;
    const key = [`${status}`, `${Math.floor(status / 100)}XX`, 'default'].find((name) => Object.hasOwn(facts.answers, name));
    if (key === undefined) throw new ApiError(status, await response.text(), response);
    return { ok, status, body: await read(facts.answers[key], response, client), response } as Answer<R, F>;
  };
  const call = async (client: Client, args: A, options?: CallOptions): Promise<R> => {
    const answer = await raw(client, args, options);
    if (!answer.ok) throw new ApiError<F>(answer.response.status, answer.body, answer.response);
    return answer.body;
  };
  return Object.assign(call, { raw });
}

/** An operation without its client argument. */
export function bind<A, R, F>(client: Client, one: Operation<A, R, F>): Bound<Operation<A, R, F>> {
  return ((args: A, options?: CallOptions) => one(client, args, options)) as Bound<Operation<A, R, F>>;
}
