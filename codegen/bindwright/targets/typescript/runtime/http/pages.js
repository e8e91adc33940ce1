import { fail } from '../core/errors.js';
import { held } from './held.js';
import { ApiError } from './model.js';
import { at, withAt } from './pointer.js';
/** Empty pages in a row after which nothing more is expected, though the answers say so. */
const patience = 10;
/** An operation with pages. */
// @__NO_SIDE_EFFECTS__
export function paged(operation, pages) {
    return Object.assign(operation, { pages });
}
/** One page after the other, each when it is asked for. */
export async function* pagesOf(operation, client, called, options = {}) {
    const facts = operation.pages;
    const args = (operation.today?.(called) ?? called);
    const seen = new Set();
    const walked = { count: 0, largest: 0, depth: 0, empty: 0 };
    const backwards = goesBack(args, facts);
    const argument = backwards ? facts.back : facts.argument;
    let next = { place: argumentAt(args, argument) };
    let before;
    while (next !== undefined) {
        const place = next;
        const answer = await operation.raw(...asked(client, args, facts.style, argument, place.place, options, walked.depth > 0));
        if (!answer.ok) {
            if (answer.response.status === 404 && walked.depth > 0 && endsWith404(facts, place))
                return;
            throw new ApiError(answer.response.status, answer.body, answer.response);
        }
        const items = itemsIn(answer.body, facts);
        const text = isCounted(facts) && items.length > 0 ? shown(items) : undefined;
        if (text !== undefined && text === before) {
            if (place.beyond === true)
                return;
            if (facts.style !== 'page' || walked.depth > 1 || (facts.first ?? argumentAt(args, argument)) !== undefined)
                fail('the server gives the same page again');
            next = { place: Number(place.place) + 1 }; // the list begins with page 1 and not 0
            walked.depth += 1;
            continue;
        }
        before = text;
        yield answer.body;
        next = nextOf({ ...answer, items }, facts, place.place, walked, args, backwards);
        if (next !== undefined && seen.has(String(next.place)))
            fail('pages lead in a circle');
        seen.add(String(next?.place));
        walked.count += items.length;
        walked.largest = Math.max(walked.largest, items.length);
        walked.empty = items.length > 0 ? 0 : walked.empty + 1;
        walked.depth += 1;
    }
}
/** The items of all pages. */
export async function* itemsOf(operation, client, args, options) {
    const backwards = goesBack(operation.today?.(args) ?? args, operation.pages);
    for await (const body of pagesOf(operation, client, args, options)) {
        const items = itemsIn(body, operation.pages);
        // Not `yield*`: an array's iterator takes nothing back, which compilers before 5.6 refuse of a generator that does.
        for (const item of backwards ? [...items].reverse() : items)
            yield item;
    }
}
function itemsIn(body, facts) {
    const items = at(body, facts.items ?? '');
    return Array.isArray(items) ? items : [];
}
function isCounted(facts) {
    return facts.style === 'offset' || facts.style === 'page';
}
/** A page that does not exist is the end where nothing else says how many there are. */
function endsWith404(facts, next) {
    return next.beyond === true || (isCounted(facts) && facts.total === undefined && facts.more === undefined);
}
/** Items as text, to tell a page from another. */
function shown(items) {
    return JSON.stringify(items, (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
}
/** The value of an argument, or of a member of the body. */
function argumentAt(args, argument = '') {
    if (argument.startsWith('$request.body#'))
        return at(args.body, argument.slice(14));
    return args[argument];
}
/** Whether the caller asks for what stands before something. */
function goesBack(args, facts) {
    return facts.back !== undefined && filled(argumentAt(args, facts.back)) !== undefined && filled(argumentAt(args, facts.argument)) === undefined;
}
/** What the operation is called with, to get the page at a place. */
function asked(client, args, style, argument, place, options, moved) {
    if (!moved)
        return [client, args, options];
    if (style === 'link' || style === 'next')
        return [elsewhere(client, String(place)), args, options];
    if (argument === undefined)
        return fail('no argument for the next page');
    if (!argument.startsWith('$request.body#'))
        return [client, { ...args, [argument]: place }, options];
    const body = withAt(args.body, argument.slice(14), place);
    return [client, { ...args, body }, options];
}
/** The same client, whose requests go to a URL that the server gave: credentials stay with the origin that they are for. */
function elsewhere(client, url) {
    const send = client.fetch ?? fetch;
    const fetching = (request) => {
        const own = new URL(request.url);
        let target = new URL(url, own);
        // A server behind a proxy that ends TLS writes such links; credentials go where they went before.
        if (own.protocol === 'https:' && target.protocol === 'http:' && target.hostname === own.hostname && ['', own.port].includes(target.port))
            target = new URL(target.pathname + target.search, own);
        if (target.origin !== own.origin)
            fail(`the next page is on another server: ${target.origin}`);
        if (request.method === 'GET')
            return held(send, new Request(target, request));
        const headers = new Headers(request.headers); // what was asked for by POST is in the URL now
        headers.delete('content-type');
        return held(send, new Request(target, { headers, signal: request.signal, redirect: request.redirect, credentials: request.credentials }));
    };
    return { ...client, fetch: fetching };
}
/** Where the next page is; undefined where there is none. */
function nextOf(page, facts, place, walked, args, backwards) {
    const more = saysMore(page, facts);
    if (more === false)
        return undefined;
    if (isCounted(facts))
        return counted(page, facts, place, walked, args, more);
    const following = pointed(page, facts, backwards);
    if (following === undefined && more === true)
        fail('the answer says that there are more items, and does not say where');
    return following === undefined ? undefined : { place: following };
}
/** What the answer says itself; undefined: nothing. */
function saysMore(page, facts) {
    const flag = facts.more === undefined ? undefined : valueIn(page, facts.more);
    if (flag === undefined || flag === null)
        return undefined;
    return !['', '0', 'false', 'no'].includes(String(flag).toLowerCase());
}
/** The next page by a cursor or a URL. */
function pointed(page, facts, backwards) {
    if (facts.style === 'link')
        return linked(page.response.headers.get('link') ?? '');
    if (backwards && facts.previous !== undefined)
        return filled(valueIn(page, facts.previous));
    if (backwards)
        return filled(at(page.items[0], facts.next ?? ''));
    if (facts.style === 'last')
        return filled(at(page.items.at(-1), facts.next ?? ''));
    return filled(valueIn(page, facts.next ?? ''));
}
/**
 * Offsets and page numbers end where the total says, or with an empty page. Servers cap the size of pages without a word,
 * so that a short page is the last one only after a longer one; a total that is less than what came counts something else.
 */
function counted(page, facts, place, walked, args, more) {
    const byPage = facts.style === 'page';
    const size = page.items.length;
    const from = Number(place ?? facts.first ?? 0);
    const first = facts.first ?? (byPage ? 1 : 0);
    const total = numbered(facts.total === undefined ? undefined : valueIn(page, facts.total));
    const partial = byPage && Number(argumentAt(args, facts.argument) ?? first) > first;
    const passed = byPage ? walked.count + size : from - first + size;
    const step = from + (byPage ? 1 : size);
    const following = facts.big === true ? BigInt(step) : step;
    if (size === 0)
        return isGap(walked, byPage ? from - first + 1 : 0, passed, total, more, partial) ? { place: following } : undefined;
    if (total !== undefined && !partial) {
        const beyond = passed >= total;
        return beyond && isBelieved(facts, walked, args, size, passed, total) ? undefined : { place: following, beyond };
    }
    return more === undefined && size < walked.largest ? undefined : { place: following };
}
/**
 * Whether other pages follow an empty one: servers that filter what a page holds have such pages in the middle. `pages`
 * is how many the list has up to this one; 0 with offsets, where an empty page moves nothing on.
 */
function isGap(walked, pages, passed, total, more, partial) {
    if (more !== true && (total === undefined || passed >= total || pages * walked.largest >= total))
        return false;
    if (pages > 0 && (more === true || walked.largest > 0) && walked.empty + 1 < patience)
        return true;
    if (partial && more !== true)
        return false;
    return fail(`an empty page, though the answer says that there are more than ${passed} items`);
}
/** Whether a list ends where its total says: one that is just the number asked for may be of this page alone. */
function isBelieved(facts, walked, args, size, passed, total) {
    if (passed > total)
        return size < walked.largest;
    return walked.depth > 0 || numbered(argumentAt(args, facts.size)) !== size;
}
function numbered(value) {
    const number = typeof value === 'boolean' || value === null || value === undefined || value === '' ? NaN : Number(value);
    return Number.isNaN(number) ? undefined : number;
}
function valueIn(page, where) {
    return where.startsWith('$response.header.') ? page.response.headers.get(where.slice(17)) : at(page.body, where.replace(/^\$response\.body#/, ''));
}
function filled(value) {
    return value === null || value === '' ? undefined : value;
}
/** The target of `rel="next"` in a `Link` header (RFC 8288). */
function linked(header) {
    for (const [, target, parameters] of header.matchAll(/<([^>]*)>((?:\s*;\s*[^\s=;,]+\s*(?:=\s*(?:"(?:[^"\\]|\\.)*"|[^\s";,]*))?)*)/g)) {
        const [, quoted, plain] = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s";,]+))/i.exec(parameters ?? '') ?? [];
        if ((quoted ?? plain ?? '').toLowerCase().split(/\s+/).includes('next'))
            return target;
    }
    return undefined;
}
