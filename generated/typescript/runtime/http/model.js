/** An answer that is no success. */
export class ApiError extends Error {
    name = 'ApiError';
    status;
    body;
    response;
    constructor(status, body, response) {
        super(`${status} ${response.statusText}`.trim());
        this.status = status;
        this.body = body;
        this.response = response;
    }
}
