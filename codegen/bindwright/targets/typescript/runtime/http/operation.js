import { fail } from '../core/errors.js';
import { held } from './held.js';
import { ApiError } from './model.js';
/** The forms of a body that a client knows, those of its first format first. A codec alone has all its formats. */
export function formsOf(described, { formats }) {
    const all = [described].flat(2);
    return [...formats, undefined].flatMap((format) => all.flatMap((one) => ((one?.form ? one.form === (format?.kind ?? 'own') : one && format) ? { format, of: (one.codec ?? one), mediaType: one.mediaType ?? format?.mediaType ?? '*/*' } : [])));
}
/** An operation; `paged` and `waiting` wrap it where it has more. */
// @__NO_SIDE_EFFECTS__
export function operation({ method, path, parameters = [], body, answers, security }) {
    const raw = async (client, args, options = {}) => {
        const accept = [...new Set(formsOf(Object.values(answers), client).map((form) => form.mediaType))].join(', ') || '*/*';
        const draft = { path, query: [], headers: new Headers({ accept, ...client.headers, ...options.headers }) };
        for (const write of [...parameters, body, security])
            await write?.(draft, args, client);
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
        if (!key)
            throw new ApiError(status, await response.text(), response);
        // Nothing follows in an answer to HEAD, and in one whose status says so.
        if (answers[key] && response.body) {
            // What stands between says no in its own words: an error has its status, whatever its body is.
            const spare = ok ? undefined : response.clone();
            try {
                const type = `${response.headers.get('content-type')}`.toLowerCase().split(/ *;/)[0] ?? '';
                const forms = formsOf(answers[key], client);
                // Those of no format come last.
                const { format, of } = forms.find((one) => one.mediaType === type) ?? forms.find((one) => type.includes(one.format?.kind ?? '')) ?? fail(`an answer of the type ${type}`);
                value = await (format ? format.read(of, new Uint8Array(await response.arrayBuffer())) : of.read?.(response, client));
            }
            catch (wrong) {
                throw spare ? new ApiError(status, await spare.text(), response) : wrong;
            }
        }
        return { ok, status, body: value, response };
    };
    const call = async (client, args, options) => {
        const answer = await raw(client, args, options);
        if (answer.ok)
            return answer.body;
        throw new ApiError(answer.response.status, answer.body, answer.response);
    };
    return Object.assign(call, { raw });
}
/** An operation without its client argument. */
export function bind(client, one) {
    return ((args, options) => one(client, args, options));
}
