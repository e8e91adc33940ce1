import { fail } from '../core/errors.js';
import { held } from './held.js';
import { ApiError, type CallOptions, type Client, type Operation } from './model.js';
import { at, withAt } from './pointer.js';

/** What the document says of pages. Places are JSON pointers into the body, or `$response.header.NAME`. */
export interface PageFacts {
  readonly style: 'offset' | 'page' | 'cursor' | 'last' | 'link' | 'next';
  /** Where the items are; absent: the body is the list. */
  readonly items?: string;
  /** The argument that takes offset, page or cursor; `$request.body#POINTER` for a member of the body. */
  readonly argument?: string;
  /** Whether that argument is a bigint. */
  readonly big?: boolean;
  /** Where the next cursor or URL is. */
  readonly next?: string;
  /** Where it says whether there are more pages. */
  readonly more?: string;
  /** Where the number of all items is. */
  readonly total?: string;
  /** The number of the first page, or the first offset. */
  readonly first?: number;
}

declare const item: unique symbol;

/** An operation whose answers follow each other: `pagesOf` and `itemsOf` go through them. */
export interface Paged<in A, out R, in out F, out I> extends Operation<A, R, F> {
  readonly pages: PageFacts;
  /** Never there: it says to the compiler what an item is. */
  readonly [item]?: I;
}

interface Page {
  readonly body: unknown;
  readonly response: Response;
  readonly items: readonly unknown[];
}

/** An operation with pages. */
// @__NO_SIDE_EFFECTS__
export function paged<A, R, F, I>(one: Operation<A, R, F>, pages: PageFacts): Paged<A, R, F, I> {
  return Object.assign(one, { pages });
}

/** One page after the other, each when it is asked for. */
export async function* pagesOf<A, R, F, I>(one: Paged<A, R, F, I>, client: Client, args: A, options: CallOptions = {}): AsyncGenerator<R, void> {
  const facts = one.pages;
  const seen = new Set<string>();
  let place: unknown = given(args, facts);
  for (let count = 0; ; ) {
    const answer = await one.raw(...asked(client, args, facts, place, options, count > 0 || seen.size > 0));
    if (!answer.ok) throw new ApiError<F>(answer.response.status, answer.body, answer.response);
    yield answer.body;
    const items = itemsIn(answer.body, facts);
    count += items.length;
    place = following({ ...answer, items }, facts, place, count);
    if (place === undefined) return;
    if (seen.has(String(place))) fail('pages lead in a circle');
    seen.add(String(place));
  }
}

/** The items of all pages. */
export async function* itemsOf<A, R, F, I>(one: Paged<A, R, F, I>, client: Client, args: A, options?: CallOptions): AsyncGenerator<I, void> {
  for await (const body of pagesOf(one, client, args, options)) for (const item of itemsIn(body, one.pages) as readonly I[]) yield item;
}

function itemsIn(body: unknown, facts: PageFacts): readonly unknown[] {
  const items = at(body, facts.items ?? '');
  return Array.isArray(items) ? items : [];
}

/** The place that the caller begins at. */
function given(args: unknown, { argument = '' }: PageFacts): unknown {
  if (argument.startsWith('$request.body#')) return at((args as { readonly body?: unknown }).body, argument.slice(14));
  return (args as Readonly<Record<string, unknown>>)[argument];
}

/** What the operation is called with, to get the page at a place. */
function asked<A>(client: Client, args: A, facts: PageFacts, place: unknown, options: CallOptions, moved: boolean): [Client, A, CallOptions] {
  if (!moved) return [client, args, options];
  if (facts.style === 'link' || facts.style === 'next') return [elsewhere(client, String(place)), args, options];
  const argument = facts.argument ?? fail('no argument for the next page');
  if (!argument.startsWith('$request.body#')) return [client, { ...args, [argument]: place }, options];
  const body = withAt((args as { readonly body?: unknown }).body, argument.slice(14), place);
  return [client, { ...args, body }, options];
}

/** The same client, whose requests go to a URL that the server gave: credentials stay with the origin that they are for. */
function elsewhere(client: Client, url: string): Client {
  const send = client.fetch ?? fetch;
  const fetching = (request: Request): Promise<Response> => {
    const target = new URL(url, request.url);
    if (target.origin !== new URL(request.url).origin) fail(`the next page is on another server: ${target.origin}`);
    return held(send, new Request(target, request));
  };
  return { ...client, fetch: fetching };
}

/** Where the next page is; undefined where there is none. */
function following(page: Page, facts: PageFacts, place: unknown, count: number): unknown {
  if (facts.more !== undefined && found(page, facts.more) !== true) return undefined;
  if (facts.style === 'link') return linked(page.response.headers.get('link') ?? '');
  if (facts.style === 'cursor' || facts.style === 'next') return filled(found(page, facts.next ?? ''));
  if (page.items.length === 0) return undefined;
  if (facts.style === 'last') return filled(at(page.items.at(-1), facts.next ?? ''));
  const total = facts.total === undefined ? undefined : found(page, facts.total);
  if (total !== undefined && total !== null && count >= Number(total)) return undefined;
  const from = place ?? facts.first ?? (facts.style === 'page' ? 1 : 0);
  const next = Number(from) + (facts.style === 'page' ? 1 : page.items.length);
  return facts.big === true ? BigInt(next) : next;
}

function found(page: Page, where: string): unknown {
  return where.startsWith('$response.header.') ? page.response.headers.get(where.slice(17)) : at(page.body, where.replace(/^\$response\.body#/, ''));
}

function filled(value: unknown): unknown {
  return value === null || value === '' ? undefined : value;
}

/** The target of `rel="next"` in a `Link` header (RFC 8288). */
function linked(header: string): string | undefined {
  for (const [, target, parameters] of header.matchAll(/<([^>]*)>((?:\s*;\s*[^\s=;,]+\s*(?:=\s*(?:"(?:[^"\\]|\\.)*"|[^\s";,]*))?)*)/g)) {
    const [, quoted, plain] = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s";,]+))/i.exec(parameters ?? '') ?? [];
    if ((quoted ?? plain ?? '').toLowerCase().split(/\s+/).includes('next')) return target;
  }
  return undefined;
}
