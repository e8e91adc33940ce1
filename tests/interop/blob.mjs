// The day of a user of Azure Blob Storage with the generated TypeScript client: `node blob.mjs PACKAGE ADDRESS`.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, address] = process.argv.slice(2);
const storage = await import(pathToFileURL(join(folder, 'index.js')).href);
// The account that every Azurite has.
const account = 'devstoreaccount1';
const key = Buffer.from('Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==', 'base64');

/** A `fetch` that signs with the account's key: a scheme that no document can describe. */
async function signing(request) {
  const body = request.method === 'GET' ? undefined : new Uint8Array(await request.arrayBuffer());
  const headers = new Headers(request.headers);
  headers.set('x-ms-date', new Date().toUTCString());
  headers.set('x-ms-version', '2021-12-02');
  const url = new URL(request.url);
  const sorted = (pairs) => [...pairs].sort(([first], [second]) => (first < second ? -1 : 1));
  const own = sorted([...headers].filter(([name]) => name.startsWith('x-ms-'))).map(([name, value]) => `${name}:${value}\n`).join('');
  const query = sorted(url.searchParams).map(([name, value]) => `\n${name}:${value}`).join('');
  const standard = [request.method, '', '', body?.length ? String(body.length) : '', '', headers.get('content-type') ?? '', '', '', '', '', '', ''];
  const text = `${standard.join('\n')}\n${own}/${account}${url.pathname}${query}`;
  headers.set('authorization', `SharedKey ${account}:${createHmac('sha256', key).update(text).digest('base64')}`);
  return fetch(request.url, { method: request.method, headers, body, signal: request.signal });
}

const client = storage.connectBy(address, [storage.xml], { fetch: storage.timed(20_000, signing) });
const container = 'photos';
const restype = 'container';
const comp = 'list';
const scenarios = {
  async 'create a container'() {
    const answer = await storage.createContainer.raw(client, { container, restype, xMsMetaColor: 'red' });
    assert.equal(answer.status, 201);
    assert.ok(storage.createContainerHeaders[201](answer.response).ETag);
  },
  async 'list containers'() {
    const listed = await storage.listContainers(client, { comp, include: ['metadata'] });
    assert.deepEqual(listed.Containers.map((container) => [container.Name, container.Metadata]), [[container, { color: 'red' }]]);
    assert.equal(listed.ServiceEndpoint, `${address}/${account}`);
  },
  async 'put and get blobs'() {
    for (const blob of ['a b/é&<.txt', 'p/1', 'p/2']) {
      await storage.putBlob(client, { container, blob, xMsBlobType: 'BlockBlob', body: new TextEncoder().encode('hello') });
      const answer = await storage.getBlob.raw(client, { container, blob });
      assert.equal(storage.getBlobHeaders[200](answer.response)['Content-Length'], 5n);
      assert.equal(await answer.body.text(), 'hello');
    }
  },
  async 'list blobs'() {
    const listed = await storage.listBlobs(client, { container, restype, comp });
    assert.deepEqual(listed.Blobs.Blob.map((blob) => [blob.Name, blob.Properties['Content-Length']]), [['a b/é&<.txt', 5n], ['p/1', 5n], ['p/2', 5n]]);
    assert.equal(listed.ContainerName, container);
    const folders = await storage.listBlobs(client, { container, restype, comp, delimiter: '/' });
    assert.deepEqual(folders.Blobs.BlobPrefix.map((prefix) => prefix.Name), ['a b/', 'p/']);
  },
  async 'write a list of blocks'() {
    await storage.putBlockList(client, { container, blob: 'empty', body: { Latest: [] } });
    assert.equal((await storage.getBlob(client, { container, blob: 'empty' })).size, 0);
  },
  async 'errors are typed'() {
    const error = await storage.getBlob(client, { container, blob: 'none' }).catch((failure) => failure);
    assert.deepEqual([error.name, error.status, error.body.Code], ['ApiError', 404, 'BlobNotFound']);
  },
  async 'delete a container'() {
    await storage.deleteContainer(client, { container, restype });
    assert.deepEqual((await storage.listContainers(client, { comp })).Containers, []);
  },
};
let failed = 0;
for (const [name, scenario] of Object.entries(scenarios)) {
  const start = performance.now();
  const wrong = await scenario().then(() => undefined, (error) => error);
  if (wrong !== undefined) failed++;
  console.log(`blob, TypeScript: ${name.padEnd(26)} ${(performance.now() - start).toFixed(1).padStart(7)} ms  ${wrong === undefined ? 'ok' : `FAILED ${wrong.message.split('\n').slice(0, 12).join(' | ')}`}`);
}
process.exitCode = failed > 0 ? 1 : 0;
