/**
 * Sends a request; the answer holds it, and those by way of which it was sent: Node forgets the signal of a request that
 * nobody holds.
 */
export async function held(send: (request: Request) => Promise<Response>, request: Request): Promise<Response> {
  const response: Response & { held?: unknown } = await send(request);
  response.held = [request, response.held];
  return response;
}
