/**
 * Sends a request; the answer holds it, and those by way of which it was sent: Node forgets the signal of a request that
 * nobody holds.
 */
export async function held(send, request) {
    const response = await send(request);
    response.held = [request, response.held];
    return response;
}
