// The day of a user of S3 with the generated TypeScript client: `node s3.mjs PACKAGE ADDRESS`; one line a scenario.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, address] = process.argv.slice(2);
const s3 = await import(pathToFileURL(join(folder, 'index.js')).href);
// The server looks at what a signature says of service and region, not at the signature.
const authorization = 'AWS4-HMAC-SHA256 Credential=key/20240101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0';
const client = s3.connectBy(address, [s3.xml], { headers: { authorization }, fetch: s3.timed(20_000) });
const bucket = 'photos';
const bytes = async (blob) => new Uint8Array(await blob.arrayBuffer());
const text = (value) => new TextEncoder().encode(value);
const all = async (items) => { const list = []; for await (const item of items) list.push(item); return list; };
const binary = Uint8Array.from({ length: 256 }, (_, index) => index);

const scenarios = {
  async 'create and list buckets'() {
    await s3.createBucket(client, { bucket });
    await s3.createBucket(client, { bucket: 'empty' });
    const { Buckets } = await s3.listBuckets(client, {});
    assert.deepEqual(Buckets.map((bucket) => bucket.Name), ['photos', 'empty']);
    assert.match(Buckets[0].CreationDate, /^\d{4}-\d\d-\d\dT.*Z$/);
  },
  async 'put and get objects'() {
    for (const [key, data] of Object.entries({ 'a b/é&<.txt': text('text'), empty: text(''), binary })) {
      await s3.putObject(client, { bucket, key, body: data });
      assert.deepEqual(await bytes(await s3.getObject(client, { bucket, key })), data, key);
    }
  },
  async 'put and get streams'() {
    const data = new Uint8Array(1_000_000).fill(7);
    await s3.putObject(client, { bucket, key: 'large', body: new Blob([data]) });
    assert.equal((await s3.getObject(client, { bucket, key: 'large' })).size, data.length);
    assert.equal((await s3.getObject(client, { bucket, key: 'large', range: 'bytes=256-511' })).size, 256);
  },
  async head() {
    const { response, ok } = await s3.headObject.raw(client, { bucket, key: 'large' });
    assert.deepEqual([ok, response.headers.get('content-length')], [true, '1000000']);
    assert.ok(response.headers.get('etag'));
  },
  async 'list pages'() {
    for (let number = 0; number < 7; number++) await s3.putObject(client, { bucket, key: `page/${number}`, body: new Uint8Array(number) });
    const args = { bucket, prefix: 'page/', maxKeys: 3, listType: '2' };
    const first = await s3.listObjectsV2(client, args);
    assert.deepEqual([first.IsTruncated, first.Contents.length], [true, 3]);
    const objects = await all(s3.itemsOf(s3.listObjectsV2, client, args));
    assert.deepEqual(objects.map((object) => [object.Key, Number(object.Size)]), [0, 1, 2, 3, 4, 5, 6].map((number) => [`page/${number}`, number]));
  },
  async copy() {
    const result = await s3.copyObject(client, { bucket, key: 'copied', xAmzCopySource: '/photos/binary' });
    assert.ok(result.LastModified);
    assert.deepEqual(await bytes(await s3.getObject(client, { bucket, key: 'copied' })), binary);
  },
  async 'upload in parts'() {
    const parts = [new Uint8Array(5_242_880).fill(1), new Uint8Array(1000).fill(2)];
    const key = 'parts';
    const { UploadId: uploadId } = await s3.createMultipartUpload(client, { bucket, key, uploads: true });
    const done = [];
    for (const [index, body] of parts.entries()) {
      const { response } = await s3.uploadPart.raw(client, { bucket, key, partNumber: index + 1, uploadId, body });
      done.push({ ETag: response.headers.get('etag'), PartNumber: index + 1 });
    }
    const listed = await s3.listParts(client, { bucket, key, uploadId });
    assert.deepEqual(listed.Parts.map((part) => [Number(part.PartNumber), Number(part.Size)]), [[1, 5_242_880], [2, 1000]]);
    assert.equal((await s3.completeMultipartUpload(client, { bucket, key, uploadId, body: { Parts: done } })).Key, key);
    assert.equal((await s3.getObject(client, { bucket, key })).size, 5_243_880);
  },
  async 'tag a bucket and an object'() {
    const tags = [{ Key: 'a<b>&c', Value: 'x y' }, { Key: 'another', Value: 'ü' }];
    await s3.putBucketTagging(client, { bucket, tagging: true, body: { TagSet: tags } });
    const read = await s3.getBucketTagging(client, { bucket, tagging: true });
    assert.deepEqual(read.TagSet.map(({ Key, Value }) => ({ Key, Value })).sort((a, b) => (a.Key < b.Key ? -1 : 1)), tags);
    await s3.putObjectTagging(client, { bucket, key: 'binary', tagging: true, body: { TagSet: tags.slice(1) } });
    assert.equal((await s3.getObjectTagging(client, { bucket, key: 'binary', tagging: true })).TagSet[0].Value, 'ü');
    await s3.deleteBucketTagging(client, { bucket, tagging: true });
  },
  async 'configure cors'() {
    const rules = [{ AllowedMethods: ['GET', 'PUT'], AllowedOrigins: ['https://a.example'], AllowedHeaders: ['*'] }, { AllowedMethods: ['GET'], AllowedOrigins: ['*'], MaxAgeSeconds: 3000 }];
    await s3.putBucketCors(client, { bucket, cors: true, body: { CORSRules: rules } });
    const read = (await s3.getBucketCors(client, { bucket, cors: true })).CORSRules;
    assert.deepEqual(read.map((rule) => [rule.AllowedMethods, rule.AllowedOrigins]), rules.map((rule) => [rule.AllowedMethods, rule.AllowedOrigins]));
    assert.equal(Number(read[1].MaxAgeSeconds), 3000);
    await s3.deleteBucketCors(client, { bucket, cors: true });
  },
  async 'configure lifecycle'() {
    const rule = { ID: 'old', Status: 'Enabled', Filter: { Prefix: 'logs/' }, Expiration: { Days: 30 } };
    await s3.putBucketLifecycleConfiguration(client, { bucket, lifecycle: true, body: { Rules: [rule] } });
    const [read] = (await s3.getBucketLifecycleConfiguration(client, { bucket, lifecycle: true })).Rules;
    assert.deepEqual([read.ID, read.Status, read.Filter.Prefix, Number(read.Expiration.Days)], ['old', 'Enabled', 'logs/', 30]);
  },
  async 'errors are typed'() {
    const calls = {
      NoSuchBucket: () => s3.listObjectsV2(client, { bucket: 'nowhere', listType: '2' }),
      NoSuchKey: () => s3.getObject(client, { bucket, key: 'nothing' }),
      NoSuchTagSet: () => s3.getBucketTagging(client, { bucket: 'empty', tagging: true }),
    };
    for (const [code, call] of Object.entries(calls)) {
      const error = await call().catch((failure) => failure);
      assert.deepEqual([error.name, error.status, error.body.Code], ['ApiError', 404, code]);
    }
  },
  async delete() {
    await s3.deleteObject(client, { bucket, key: 'copied' });
    const keys = (await all(s3.itemsOf(s3.listObjectsV2, client, { bucket, listType: '2' }))).map((object) => object.Key);
    assert.ok(!keys.includes('copied'));
    const gone = await s3.deleteObjects(client, { bucket, delete: true, body: { Objects: keys.map((Key) => ({ Key })) } });
    assert.deepEqual(gone.Deleted.map((object) => object.Key).sort(), keys.sort());
    for (const name of [bucket, 'empty']) await s3.deleteBucket(client, { bucket: name });
    assert.deepEqual((await s3.listBuckets(client, {})).Buckets ?? [], []);
  },
};
let failed = 0;
for (const [name, scenario] of Object.entries(scenarios)) {
  const start = performance.now();
  const wrong = await scenario().then(() => undefined, (error) => error);
  if (wrong !== undefined) failed++;
  console.log(`s3, TypeScript: ${name.padEnd(28)} ${(performance.now() - start).toFixed(1).padStart(7)} ms  ${wrong === undefined ? 'ok' : `FAILED ${wrong.message.split('\n').slice(0, 12).join(' | ')} ${wrong.path ?? ''}`}`);
}
process.exitCode = failed > 0 ? 1 : 0;
