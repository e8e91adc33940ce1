// Time-outs and aborts of calls that wait for a server, while the garbage collector runs (`--expose-gc`). Prints how
// often each call ended as it should.
import { createServer } from 'node:http';
import { connect, list, operation, retrying, string, timed, within } from '../../codegen/bindwright/targets/typescript/runtime/index.js';

const calls = 10;
const server = createServer((request, response) => {
  if (request.url === '/begun') response.writeHead(200, { 'content-type': 'application/json' }).write('["a",');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = `http://127.0.0.1:${server.address().port}`;
const ended = {};
const limit = 400;
for (const path of ['/silent', '/begun'])
  for (const [name, fetch, signal] of [
    ['time', timed(limit), () => undefined], ['both', timed(limit), (controller) => controller.signal], ['time, repeated', timed(limit, retrying()), () => undefined],
    ['time of a call', undefined, () => within(limit)], ['both of a call', undefined, (controller) => within(limit, controller.signal)],
    ['abort', undefined, (controller) => controller.signal], ['abort, repeated', retrying(), (controller) => controller.signal],
  ]) {
    const call = operation('GET', () => path, { 200: list(string) });
    const controller = new AbortController();
    const client = connect(address, fetch === undefined ? {} : { fetch });
    const all = Array.from({ length: calls }, () => {
      const chosen = signal(controller);
      return call(client, {}, chosen === undefined ? {} : { signal: chosen }).catch((error) => error.name);
    });
    for (let turn = 0; turn < 15; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      gc();
    }
    if (name.startsWith('abort')) controller.abort();
    // A call whose signal was forgotten never ends.
    const never = new Promise((resolve) => setTimeout(resolve, 5000, 'never').unref());
    const names = await Promise.all(all.map((call) => Promise.race([call, never])));
    ended[`${path} ${name}`] = names.filter((error) => error === (name.startsWith('abort') ? 'AbortError' : 'TimeoutError')).length;
  }
console.log(JSON.stringify({ calls, ended }));
process.exit();
