/** Requests by their answers: of one that was sent by way of others, all of them. */
const requests = /* @__PURE__ */ new WeakMap<Response, unknown>();

/** Sends a request and holds it while its answer is read: Node forgets the signal of a request that nobody holds. */
export async function held(send: (request: Request) => Promise<Response>, request: Request): Promise<Response> {
  const response = await send(request);
  requests.set(response, [request, requests.get(response)]);
  return response;
}
