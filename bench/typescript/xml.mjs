// XML of known layouts beside the engine's JSON, both of the same data; the best of many turns. Only ratios count.
import { boolean, datacontract, dateTime, decimal, fromXml, int32, int64, list, nodes, nullable, object, optional, string, toXml } from '../../codegen/bindwright/targets/typescript/runtime/index.js';

const count = 1000;
const many = (make) => Array.from({ length: count }, (_, index) => make(index));
const job = (index) => ({
  Id: index, ContactListId: index * 3, InvalidEmailCount: index % 7, InvalidSmsCount: index % 3, ProgressPercent: index % 101, CurrentStatus: index % 5 === 0 ? null : `Finished import ${index}`,
  StartDate: `2024-02-1${index % 10}T10:11:12.1234567Z`, FinishDate: index % 4 === 0 ? null : `2024-02-2${index % 9}T10:11:12Z`, InsertedContacts: index * 11, UpdatedContacts: index * 13, DroppedContacts: index, NotUpdatedContacts: 0, TotalContacts: index * 25,
});
const jobs = { profile: datacontract, namespace: 'http://schemas.datacontract.org/2004/07/W50API.Models.DTO' };
const Job = object(
  {
    Id: int32, ContactListId: int32, InvalidEmailCount: int32, InvalidSmsCount: int32, ProgressPercent: int32, CurrentStatus: nullable(string), StartDate: nullable(dateTime), FinishDate: nullable(dateTime),
    InsertedContacts: int32, UpdatedContacts: int32, DroppedContacts: int32, NotUpdatedContacts: int32, TotalContacts: int32,
  },
  { ...jobs, name: 'ImportJob', nil: true },
);

const orders = { namespace: 'urn:orders' };
const Line = object({ sku: string, name: string, quantity: int32, price: decimal }, { ...orders, name: 'line' });
const Address = object({ street: string, city: string, zip: string }, { ...orders, name: 'address' });
const Order = object({ id: int64, created: dateTime, customer: string, paid: boolean, address: Address, lines: list(Line, { inside: 'urn:orders', item: 'line' }), note: optional(string) }, { ...orders, name: 'order' });
const order = {
  id: 123456n, created: '2024-02-11T10:11:12Z', customer: 'Jane & John Doe', paid: true, address: { street: 'Long Street 12', city: 'Springfield', zip: '12345' },
  lines: Array.from({ length: 10 }, (_, index) => ({ sku: `SKU-${index}`, name: `Product number ${index}`, quantity: index + 1, price: (index * 1.25 + 1).toFixed(2) })),
};

const s3 = 'http://s3.amazonaws.com/doc/2006-03-01/';
const Content = object({ Key: string, LastModified: dateTime, ETag: string, Size: int64, StorageClass: string }, { name: 'Contents', namespace: s3 });
const Listing = object(
  { Name: string, Prefix: string, KeyCount: int32, MaxKeys: int32, IsTruncated: boolean, Contents: list(Content, { inside: s3, item: 'Contents' }) },
  { name: 'ListBucketResult', namespace: s3, elements: nodes(['Name', 'Prefix', 'KeyCount', 'MaxKeys', 'IsTruncated', { of: 'Contents', bare: true }]) },
);
const listing = {
  Name: 'bucket', Prefix: 'photos/', KeyCount: count, MaxKeys: count, IsTruncated: false,
  Contents: many((index) => ({ Key: `photos/2024/image_${index}.jpg`, LastModified: '2024-02-11T10:11:12.000Z', ETag: '"9b2cf535f27731c974343645a3985328"', Size: BigInt(1000 + index), StorageClass: 'STANDARD' })),
};

/** Milliseconds of one call, the fewest of 400 turns that are too short to be interrupted each time. */
function best(calls, run) {
  let fewest = Infinity;
  for (let turn = 0; turn < 400; turn++) {
    const before = performance.now();
    for (let call = 0; call < calls; call++) run();
    fewest = Math.min(fewest, performance.now() - before);
  }
  return fewest / calls;
}

const flattening = /^\u0001/;
/** A text that is one piece in memory: it may have been put together of many, which is work that is still to be done. An expression needs it; `charCodeAt` no longer does. */
const whole = (text) => flattening.test(text);
/** A value as text, which is the same for equal values; bigint and number alike, since JSON has one for both. */
const shown = (value) => JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? Number(part) : typeof part === 'object' && !Array.isArray(part) && part !== null ? Object.fromEntries(Object.entries(part).sort()) : part));
/** The same value, with texts that are one piece, as `JSON.parse` makes them for the other side. */
const flat = (value) => (typeof value === 'string' ? JSON.parse(JSON.stringify(value)) : Array.isArray(value) ? value.map(flat) : typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, flat(part)])) : value);
/** Stops where contestants did not compute the same. */
const same = (what, ...values) => {
  if (new Set(values).size !== 1) throw new Error(`${what} differ`);
};

const cases = [
  ['1,000 import jobs', () => list(Job, { ...jobs, name: 'ArrayOfImportJob', item: 'ImportJob' }), many(job), 1],
  ['one import job', () => object(Object.fromEntries(Job.members.map(({ name, codec }) => [name, codec])), Job.facts), job(17), 500],
  ['an order, nested', () => object(Object.fromEntries(Order.members.map(({ name, codec, optional: may }) => [name, may ? optional(codec) : codec])), Order.facts), order, 100],
  ['a listing of S3', () => object(Object.fromEntries(Listing.members.map(({ name, codec }) => [name, codec])), Listing.facts), listing, 1],
];
for (const [name, make, sample, calls] of cases) {
  const value = flat(sample);
  const codec = make();
  const plain = JSON.parse(JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? Number(part) : part)));
  const [json, xml] = [JSON.stringify(plain), toXml(codec, value)];
  for (let turn = 0; turn < 6; turn++) fromXml(codec, xml);
  same(`values of ${name}`, shown(value), shown(JSON.parse(json)), shown(fromXml(codec, xml)), shown(fromXml(make(), xml)));
  same(`documents of ${name}`, xml, toXml(make(), value), toXml(codec, fromXml(codec, xml)));
  const [parsed, written] = [best(calls, () => JSON.parse(json)), best(calls, () => whole(JSON.stringify(plain)))];
  const [known, wrote] = [best(calls, () => fromXml(codec, xml)), best(calls, () => whole(toXml(codec, value)))];
  const unknown = best(Math.ceil(calls / 50), () => fromXml(make(), xml));
  console.log(`${name.padEnd(20)} read ${(known / parsed).toFixed(2)} of JSON.parse, ${(unknown / parsed).toFixed(1)} where the layout is not known; written ${(wrote / written).toFixed(2)} of JSON.stringify`);
}

/** Bytes that a value takes. */
function held(make) {
  gc();
  const before = process.memoryUsage().heapUsed;
  const value = make();
  gc();
  return [process.memoryUsage().heapUsed - before, value][0];
}

// A hundred times as many items: a hundred times the time, and little more memory than JSON takes.
const jobsOf = (number) => Array.from({ length: number }, (_, index) => job(index));
const Jobs = cases[0][1]();
const [few, all] = [jobsOf(1000), jobsOf(100000)];
const texts = { few: toXml(Jobs, few), all: toXml(Jobs, all), json: JSON.stringify(all) };
for (let turn = 0; turn < 6; turn++) fromXml(Jobs, texts.few);
same('100,000 jobs', shown(all), shown(fromXml(Jobs, texts.all)));
const least = (turns, run) => Math.min(...Array.from({ length: turns }, () => { const before = performance.now(); run(); return performance.now() - before; }));
console.log(`100,000 import jobs: read in ${(least(8, () => fromXml(Jobs, texts.all)) / least(100, () => fromXml(Jobs, texts.few))).toFixed(0)}, written in ${(least(8, () => whole(toXml(Jobs, all))) / least(100, () => whole(toXml(Jobs, few)))).toFixed(0)} times what 1,000 take; beside JSON read ${(least(8, () => fromXml(Jobs, texts.all)) / least(8, () => JSON.parse(texts.json))).toFixed(2)}, written ${(least(8, () => whole(toXml(Jobs, all))) / least(8, () => whole(JSON.stringify(all)))).toFixed(2)}`);
if (globalThis.gc) console.log(`  memory: ${(held(() => fromXml(Jobs, `${texts.all} `)) / held(() => JSON.parse(`${texts.json} `))).toFixed(2)} of JSON.parse`);
