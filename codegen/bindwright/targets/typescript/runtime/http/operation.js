import { fail } from '../core/errors.js';
import { held } from './held.js';
import { ApiError } from './model.js';
/** The forms of a body that a client knows, those of its first format first. A codec alone has all its formats. */
export function formsOf(described, { formats }) {
    const all = [described ?? []].flat();
    const own = (format) => all.filter(({ kind, codec }) => (typeof kind === 'string' ? (format ? kind === format.kind : !codec) : format)).map((one) => ({ format, of: one.codec ?? one, mediaType: one.mediaType ?? format?.mediaType }));
    return [...formats, undefined].flatMap(own);
}
/** An operation; `paged` and `waiting` wrap it where it has more. */
// @__NO_SIDE_EFFECTS__
export function operation({ method, path, parameters = [], body, answers, security }) {
    const raw = async (client, args, options = {}) => {
        const given = args;
        const accept = new Set(Object.values(answers).flatMap((described) => formsOf(described, client).map((form) => form.mediaType ?? '*/*')));
        const draft = { path, query: [], headers: new Headers({ accept: [...accept].join(', ') || '*/*', ...client.headers, ...options.headers }) };
        for (const { argument, optional, write } of parameters) {
            const value = given[argument] ?? undefined;
            if (value !== undefined)
                write(value, draft, client);
            else if (!optional)
                fail(`no argument ${argument}`);
        }
        body?.(given, draft, client);
        await security?.(draft, client);
        const query = draft.query.join('&');
        const timeout = options.timeout ?? client.timeout;
        let signal = options.signal ?? null;
        if (timeout !== undefined) {
            const limit = AbortSignal.timeout(timeout);
            // A handler keeps the signal: Node 20 forgets one that only others follow.
            limit.onabort = () => undefined;
            signal = signal ? AbortSignal.any([signal, limit]) : limit;
        }
        const init = { ...draft, method, signal, duplex: 'half' };
        const request = new Request(client.base + draft.path + (query && (draft.path.includes('?') ? '&' : '?') + query), init);
        const response = await held(client.fetch ?? fetch, request);
        const { status, ok } = response;
        const key = [`${status}`, `${Math.floor(status / 100)}XX`, 'default'].find((name) => name in answers);
        let value;
        if (!key)
            throw new ApiError(status, await response.text(), response);
        // Nothing follows in an answer to HEAD, and in one whose status says so.
        if (answers[key] && response.body) {
            // What stands between says no in its own words: an error has its status, whatever its body is.
            const spare = ok ? undefined : response.clone();
            try {
                const [type = ''] = (response.headers.get('content-type') ?? '').toLowerCase().split(/ *;/);
                const forms = formsOf(answers[key], client);
                const { format, of } = forms.find((one) => one.mediaType === type) ?? forms.find((one) => one.format && type.includes(one.format.kind)) ?? forms.find((one) => !one.format) ?? fail(`an answer of the type ${type}`);
                value = await (format ? format.read(of, new Uint8Array(await response.arrayBuffer())) : of.read?.(response, client));
            }
            catch (wrong) {
                if (!spare)
                    throw wrong;
                throw new ApiError(status, await spare.text(), response);
            }
        }
        return { ok, status, body: value, response };
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
