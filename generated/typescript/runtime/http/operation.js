import { DataError, fail } from '../core/errors.js';
import { ApiError } from './model.js';
/** Reads an answer in the format of the client that its media type names. */
export async function received(codec, response, { formats }) {
    const type = response.headers.get('content-type');
    const document = await response.arrayBuffer();
    try {
        return (formats.find(({ types }) => types.test(type)) ?? fail(`an answer in ${type}`)).read(codec, document, type);
    }
    catch (error) {
        // As `refused`, whose code is not worth a function here.
        throw error instanceof DataError ? error : new DataError(`${error}`);
    }
}
/** An operation; `paged` and `waiting` wrap it where it has more. The last three arguments are those of `OperationFacts`. */
// @__NO_SIDE_EFFECTS__
export function operation(method, path, answers, writers = [], find, accept, read = received) {
    const raw = async (client, args, options) => {
        const draft = {
            path: path(args, client),
            headers: new Headers({ accept: accept ?? `${client.formats.map(({ kind }) => `application/${kind}`)}`, ...client.headers, ...options?.headers }),
        };
        for (const write of writers)
            await write(draft, args, client);
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
            const body = (answer ?? fail('')) && response.body ? await read(answer, response, client) : undefined;
            return { ok, status, body, response };
        }
        catch (wrong) {
            throw spare === true ? wrong : new ApiError(status, await spare.text(), response);
        }
    };
    const call = async (...all) => {
        const answer = await raw(...all);
        if (answer.ok)
            return answer.body;
        throw new ApiError(answer.status, answer.body, answer.response);
    };
    return Object.assign(call, { raw });
}
/** An operation that has what few have. */
// @__NO_SIDE_EFFECTS__
export function operationWith(method, path, answers, writers, { find, accept, read }) {
    return operation(method, path, answers, writers, find, accept, read);
}
/** An operation without its client argument. */
export function bind(client, operation) {
    return ((args, options) => operation(client, args, options));
}
