import { fail } from '../core/errors.js';
import { ApiError } from './model.js';
/** The same client with other options. */
export function clientOf(base, formats, options) {
    return { formats, ...options, base: base.replace(/\/$/, '') };
}
/** The bodies that stand in a place; a codec alone is read and written by whichever format there is. */
export function bodiesOf(described) {
    return [described].flat().flatMap((one) => (one === undefined ? [] : typeof one.kind === 'string' ? [one] : ['json', 'xml'].map((kind) => ({ kind, codec: one }))));
}
export function formatOf(client, body) {
    return client.formats.find((format) => format.kind === body.kind);
}
async function send(facts, client, args, options) {
    const draft = { path: facts.path, query: [], headers: new Headers({ accept: accepted(facts, client), ...client.headers, ...options.headers }), cookies: [] };
    for (const parameter of facts.parameters ?? []) {
        const value = args[parameter.argument] ?? undefined;
        if (value !== undefined)
            parameter.write(value, draft, client);
        else if (!parameter.optional)
            fail(`no argument ${parameter.argument}`);
    }
    facts.body?.(args, draft, client);
    await facts.security?.(draft, client);
    if (draft.cookies.length > 0)
        draft.headers.set('cookie', draft.cookies.join('; '));
    const timeout = options.timeout ?? client.timeout;
    const signals = [options.signal, timeout === undefined ? undefined : AbortSignal.timeout(timeout)].filter((signal) => signal !== undefined);
    const init = { method: facts.method, headers: draft.headers, body: draft.body ?? null, signal: signals.length > 0 ? AbortSignal.any(signals) : null, ...(draft.body instanceof ReadableStream ? { duplex: 'half' } : {}) };
    const request = new Request(client.base + draft.path + (draft.query.length > 0 ? (draft.path.includes('?') ? '&' : '?') + draft.query.join('&') : ''), init);
    return (client.fetch ?? fetch)(request);
}
/** What is asked for: the media types of all answers that the client can read, those of its first format first. */
function accepted(facts, client) {
    const bodies = Object.values(facts.answers).flatMap(bodiesOf);
    const types = client.formats.flatMap((format) => bodies.filter((body) => body.kind === format.kind).map((body) => body.mediaType ?? format.mediaType));
    return [...new Set([...types, ...bodies.filter((body) => body.read !== undefined).map((body) => body.mediaType ?? '*/*')])].join(', ') || '*/*';
}
/** The body of an answer. */
async function read(described, response, client) {
    const [type = ''] = (response.headers.get('content-type') ?? '').toLowerCase().split(/ *;/);
    // An answer to HEAD, and one whose status says that nothing follows.
    if (response.body === null)
        return undefined;
    const bodies = bodiesOf(described);
    const body = bodies.find((one) => one.mediaType === type) ?? bodies.find((one) => formatOf(client, one) !== undefined && type.includes(one.kind)) ?? bodies.find((one) => one.read !== undefined);
    if (body?.read !== undefined)
        return body.read(response, client);
    const format = body === undefined ? undefined : formatOf(client, body);
    if (format === undefined)
        return bodies.length === 0 ? undefined : fail(`an answer of the type ${type}`);
    return format.read(body?.codec ?? {}, new Uint8Array(await response.arrayBuffer()));
}
/** An operation; `pages` and `waiting` wrap it where it has more. */
// @__NO_SIDE_EFFECTS__
export function operation(facts) {
    const raw = async (client, args, options = {}) => {
        const response = await send(facts, client, args, options);
        const { status, ok } = response;
        const key = [`${status}`, `${Math.floor(status / 100)}XX`, 'default'].find((name) => Object.hasOwn(facts.answers, name));
        if (key === undefined)
            throw new ApiError(status, await response.text(), response);
        return { ok, status, body: await read(facts.answers[key], response, client), response };
    };
    const call = async (client, args, options) => {
        const answer = await raw(client, args, options);
        if (!answer.ok)
            throw new ApiError(answer.response.status, answer.body, answer.response);
        return answer.body;
    };
    return Object.assign(call, { raw });
}
/** An operation without its client argument. */
export function bind(client, one) {
    return ((args, options) => one(client, args, options));
}
