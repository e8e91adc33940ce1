import { fail } from '../core/errors.js';
import { held } from './held.js';
import { ApiError } from './model.js';
import { at, withAt } from './pointer.js';
/** An operation with pages. */
// @__NO_SIDE_EFFECTS__
export function paged(one, pages) {
    return Object.assign(one, { pages });
}
/** One page after the other, each when it is asked for. */
export async function* pagesOf(one, client, args, options = {}) {
    const facts = one.pages;
    const seen = new Set();
    let place = given(args, facts);
    for (let count = 0;;) {
        const answer = await one.raw(...asked(client, args, facts, place, options, count > 0 || seen.size > 0));
        if (!answer.ok)
            throw new ApiError(answer.response.status, answer.body, answer.response);
        yield answer.body;
        const items = itemsIn(answer.body, facts);
        count += items.length;
        place = following({ ...answer, items }, facts, place, count);
        if (place === undefined)
            return;
        if (seen.has(String(place)))
            fail('pages lead in a circle');
        seen.add(String(place));
    }
}
/** The items of all pages. */
export async function* itemsOf(one, client, args, options) {
    for await (const body of pagesOf(one, client, args, options))
        for (const item of itemsIn(body, one.pages))
            yield item;
}
function itemsIn(body, facts) {
    const items = at(body, facts.items ?? '');
    return Array.isArray(items) ? items : [];
}
/** The place that the caller begins at. */
function given(args, { argument = '' }) {
    if (argument.startsWith('$request.body#'))
        return at(args.body, argument.slice(14));
    return args[argument];
}
/** What the operation is called with, to get the page at a place. */
function asked(client, args, facts, place, options, moved) {
    if (!moved)
        return [client, args, options];
    if (facts.style === 'link' || facts.style === 'next')
        return [elsewhere(client, String(place)), args, options];
    const argument = facts.argument ?? fail('no argument for the next page');
    if (!argument.startsWith('$request.body#'))
        return [client, { ...args, [argument]: place }, options];
    const body = withAt(args.body, argument.slice(14), place);
    return [client, { ...args, body }, options];
}
/** The same client, whose requests go to a URL that the server gave: credentials stay with the origin that they are for. */
function elsewhere(client, url) {
    const send = client.fetch ?? fetch;
    const fetching = (request) => {
        const target = new URL(url, request.url);
        if (target.origin !== new URL(request.url).origin)
            fail(`the next page is on another server: ${target.origin}`);
        return held(send, new Request(target, request));
    };
    return { ...client, fetch: fetching };
}
/** Where the next page is; undefined where there is none. */
function following(page, facts, place, count) {
    if (facts.more !== undefined && found(page, facts.more) !== true)
        return undefined;
    if (facts.style === 'link')
        return linked(page.response.headers.get('link') ?? '');
    if (facts.style === 'cursor' || facts.style === 'next')
        return filled(found(page, facts.next ?? ''));
    if (page.items.length === 0)
        return undefined;
    if (facts.style === 'last')
        return filled(at(page.items.at(-1), facts.next ?? ''));
    const total = facts.total === undefined ? undefined : found(page, facts.total);
    if (total !== undefined && total !== null && count >= Number(total))
        return undefined;
    const from = place ?? facts.first ?? (facts.style === 'page' ? 1 : 0);
    const next = Number(from) + (facts.style === 'page' ? 1 : page.items.length);
    return facts.big === true ? BigInt(next) : next;
}
function found(page, where) {
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
