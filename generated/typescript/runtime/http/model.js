/** An answer that is no success. */
export class ApiError extends Error {
    name = 'ApiError';
    constructor(status, body, response) {
        super(`${status} ${response.statusText}`.trim());
        Object.assign(this, { status, body, response });
    }
}
