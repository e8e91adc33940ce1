// Documents that deviate from a layout that was learnt are read as if nothing had been learnt, but for the order of members; prints those that are not.
import { base64, boolean, datacontract, date, dateTime, decimal, enumeration, fromXml, int32, int64, lazy, list, node, nodes, nullable, object, optional, string, toXml, uint16, uint64, value as scalar } from '../../codegen/bindwright/targets/typescript/runtime/index.js';
import { writeTree } from '../../codegen/bindwright/targets/typescript/runtime/xml/write.js';

const namespace = 'urn:jobs';
const job = () => object(
  { Id: int32, Count: int64, Name: nullable(string), Note: optional(string), Start: nullable(dateTime), Done: boolean },
  { profile: datacontract, name: 'Job', namespace, nil: true, elements: ['Count', 'Done', 'Id', 'Name', 'Note', 'Start'] },
);
const jobs = () => list(job(), { profile: datacontract, name: 'Jobs', namespace, item: 'Job' });
const value = { Id: 1, Count: 2n, Name: 'a', Start: '2024-02-29T10:00:00Z', Done: true };
const values = [value, { ...value, Id: -2, Name: null, Note: 'b & c', Start: null }, { ...value, Id: 3, Name: '' }];

const changes = [
  (text) => text, (text) => text.replace('<Id>', '\n <Id>\t').replace('</Jobs>', '\n</Jobs>\n'), (text) => text.replace('<Id>1<', '<Id>0x1<'), (text) => text.replace('>1<', '>2147483648<'), (text) => text.replace('>1<', '>+01<'),
  (text) => text.replace('>1<', '>-0<'), (text) => text.replace('>2<', '>9223372036854775807<'), (text) => text.replace('>a<', '>&lt;&#65;<'), (text) => text.replace('>a<', '>&nowhere;<'), (text) => text.replace('>a<', '>&<'), (text) => text.replace('>a<', '>]]><'),
  (text) => text.replace('>a<', '>\u0001<'), (text) => text.replace('>a<', '>\r\n<'), (text) => text.replace('>a<', '>\u{1F600}<'), (text) => text.replace('>a<', '> a <'), (text) => text.replace('>a<', '><![CDATA[<a>]]><'), (text) => text.replace('>a<', '>a<!-- c -->b<'),
  (text) => text.replace('02-29', '02-30'), (text) => text.replace('10:00', '25:00'), (text) => text.replace('>true<', '>1<'), (text) => text.replace('>true<', '>True<'), (text) => text.replace('<Done>', '<x/><Done>'), (text) => text.replace('<Done>', '<Done a="1">'),
  (text) => text.replace('<Done>true</Done>', ''), (text) => text.replace('<Done>true</Done>', '<Done>true</Done><Done>true</Done>'), (text) => text.replace(/(<Done>.*?<\/Done>)(<Id>.*?<\/Id>)/, '$2$1'), (text) => text.replace('<Id>1</Id>', '<Id i:nil="true" />'),
  (text) => text.replace('<Name>a</Name>', '<Name i:nil="true"/>'), (text) => text.replace('<Name>a</Name>', '<Name/>'), (text) => text.replace('<Name>a</Name>', '<Note i:nil="true" />'), (text) => text.replace('urn:jobs', 'urn:job'), (text) => text.replace(/Job>/g, 'Jo>'), (text) => `${text}x`,
  (text) => `${text}<!-- end -->`, (text) => text.slice(0, -1), (text) => `<?xml version="1.0"?>${text}`, (text) => text.replace('>a<', '>a\u00a0<').replace('</Id>', '</Id>\u00a0'), (text) => text.replace(/>[^<]*<\/Name>/, '>b</Name>text'),
];

/** A value as text, with members by name and what JSON does not tell apart. */
const shown = (value) => JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `${part}n` : Object.is(part, -0) ? '-0' : typeof part === 'object' && !Array.isArray(part) && part !== null ? Object.fromEntries(Object.entries(part).sort()) : part));
/** What a function gives, or what is wrong. */
const attempt = (act) => {
  try {
    return act();
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
};
const outcome = (codec, text) => attempt(() => shown(fromXml(codec, text))) + attempt(() => toXml(codec, fromXml(codec, text)));
const wrong = [];

// Objects within objects, lists with and without an element of their own, and a type that contains itself.
const order = () => {
  const facts = (name) => ({ name, namespace: 'urn:o' });
  const line = object({ sku: string, count: uint16, price: optional(decimal), state: enumeration(string, ['new', 'old'], 'closed') }, { ...facts('line'), nil: true });
  const part = object({ name: string, parts: optional(list(lazy(() => part), { inside: 'urn:o', item: 'part' })) }, facts('part'));
  const address = object({ street: string, zip: nullable(string) }, facts('address'));
  return object(
    { id: int64, address, lines: list(line, { inside: 'urn:o', item: 'line' }), tags: optional(list(string, { inside: 'urn:o', item: 'tag' })), jobs: list(address, { inside: 'urn:o', item: node({ name: 'job' }) }), note: optional(nullable(string)), part: optional(part), more: optional(list(address, { inside: 'urn:o', item: 'more' })) },
    { ...facts('order'), elements: nodes(['id', 'address', 'lines', 'tags', { of: 'jobs', bare: true, names: [['urn:o', 'job']] }, 'note', 'part', { of: 'more', bare: true }]) },
  );
};
const address = { street: 'Long & Wide', zip: null };
const sample = { id: 1n, address, lines: [{ sku: 'a', count: 2, price: '1.50', state: 'new' }, { sku: '', count: 0, state: 'old' }], jobs: [address, { street: '', zip: '1' }], note: 'b', part: { name: 'p', parts: [{ name: 'q', parts: [] }, { name: 'r' }] }, more: [address] };
const orderChanges = [
  (text) => text, (text) => text.replace(/></g, '>\n  <'), (text) => text.replace('<id>1<', '<id>+1<'), (text) => text.replace('<count>2<', '<count>65536<'), (text) => text.replace('>new<', '>other<'), (text) => text.replace('>new<', '> new <'), (text) => text.replace('>1.50<', '>x<'),
  (text) => text.replace(/<lines>.*<.lines>/s, '<lines/>'), (text) => text.replace(/<lines>.*<.lines>/s, ''), (text) => text.replace('<lines>', '<lines a="1">'), (text) => text.replace('<line>', '<line><x/>'), (text) => text.replace('<line>', '<!-- c --><line>'), (text) => text.replace(/<line>.*?<.line>/s, '<line xsi:nil="true"/>'),
  (text) => text.replace(/<job>.*<.job>/s, ''), (text) => text.replace(/<more>.*<.more>/s, ''), (text) => text.replace('<note>b</note>', '<job><street>x</street></job><note>b</note>'), (text) => text.replace('<note>b</note>', '<note xsi:nil="true"/>'), (text) => text.replace('<note>b</note>', ''), (text) => text.replace('<note>b</note>', '<note/>'),
  (text) => text.replace('<street>Long', '<street>&#x1F600;'), (text) => text.replace('Long', '\u{1F600}'), (text) => text.replace('Long', '\ud800'), (text) => text.replace('Long', 'a\r\nb'), (text) => text.replace('Long', ']]>'), (text) => text.replace('Long', '<![CDATA[a]]>'), (text) => text.replace('<sku>a</sku>', '<sku/>'), (text) => text.replace('<sku>a</sku>', '<sku />'),
  (text) => text.replace('<name>q</name>', '<name>q</name><name>q</name>'), (text) => text.replace(/<parts>.*<.parts>/s, '<parts><part><name>q</name><parts><part><name>s</name></part></parts></part></parts>'), (text) => text.replace('urn:o', 'urn:p'), (text) => text.replace(/<(\/?)(\w)/g, '<$1o:$2').replace('xmlns=', 'xmlns:o='), (text) => text.replace('</order>', '</order> \n'), (text) => text.replace('</order>', '<more/></order>'), (text) => `${text}<x/>`, (text) => text.slice(0, -3),
];

// Lists whose items may be null, of texts, of objects and of objects without an element around: nothing of a layout says so.
const holes = () => {
  const point = object({ x: int32 }, { name: 'point', namespace: 'urn:h', nil: true });
  const line = object({ points: list(point, { inside: 'urn:h', item: 'point' }) }, { name: 'line', namespace: 'urn:h', nil: true });
  const items = (codec, name) => list(nullable(codec), { inside: 'urn:h', item: node({ name, nil: true }) });
  return object({ texts: items(string, 'text'), numbers: items(int32, 'number'), points: items(point, 'point'), lines: items(line, 'line'), more: items(point, 'more') }, { name: 'holes', namespace: 'urn:h', elements: nodes(['texts', 'numbers', 'points', 'lines', { of: 'more', bare: true, nil: true }]) });
};
// Integers at the ends of their ranges, in members and as items, and decimals; members of which none has to be there.
const numbers = () => object(
  { ints: list(int32, { item: 'int' }), low: int32, wide: int64, free: uint64, price: decimal, wides: list(int64, { item: 'wide' }), day: date },
  { name: 'numbers', elements: nodes(['low', 'wide', 'free', 'price', 'day', 'ints', 'wides']) },
);
const digits = { ints: [1, 2], low: 5, wide: 7n, free: 8n, price: '1.50', wides: [3n, 4n], day: '2024-02-03' };
const numberChanges = [
  (text) => text, ...['-0', '0', '-1', '00012', '+3', '2147483647', '2147483648', '-2147483648', '-2147483649', '9999999999', '12345678901', '999999999999999', '1000000000000000', '-999999999999999', '9007199254740993', '9223372036854775807', '9223372036854775808', '-9223372036854775808', '-9223372036854775809', '18446744073709551615', '18446744073709551616', '1.5', '', ' 7 ', '&#55;', '1&#x30;', '-', '.5', '5.', '-1.25', '+1.25', '1e5', '2024-02-28', '2024-02-29', '2024-02-30', '2024-12-31', '2024-11-31', '2023-02-29', ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].flatMap((month) => [30, 31].map((day) => `2024-${String(month).padStart(2, '0')}-${day}`))]
    .flatMap((word) => ['low', 'int', 'wide', 'free', 'price', 'day'].flatMap((name) => [(text) => text.replace(new RegExp(`<${name}>[^<]*`), `<${name}>${word}`), (text) => text.replace(new RegExp(`(.*<${name}>)[^<]*`), `$1${word}`)])),
];
const letters = [...'abcdefghij', 'bb', 'i-'];
const vague = () => list(object(Object.fromEntries(letters.map((name) => [name, optional(string)])), { name: 'vague' }), { name: 'all', item: 'vague' });
const vagueChanges = [
  // White space before what is absent is one element's: the ways to share it out would be more than anybody can wait for.
  (text) => text, (text) => text.replace('<c>', `${' '.repeat(999)}<other/><c>`), (text) => text.replace('<b>', `${' '.repeat(999)}<b>`), (text) => text.replace(/>(?=<)/g, `>${' \n'.repeat(99)}`),
  (text) => text.replace('<b>1</b>', ''), (text) => text.replace('<b>1</b>', '<b/>'), (text) => text.replace('<b>1</b>', '<bb>1</bb>'), (text) => text.replace('<b>1</b>', '<j>&#x31;&amp;</j>'), (text) => text.replace(/>1</g, '>&lt;1<').replace('<c>', '<c>&gt;'), (text) => text.replace('<b>1</b>', '<d>4</d><b>1</b>'),
];
const full = { texts: ['a', ''], numbers: [1, 2], points: [{ x: 1 }], lines: [{ points: [{ x: 2 }] }], more: [{ x: 3 }, { x: 4 }] };
const nothing = (name) => `<${name} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>`;
const holeChanges = [
  (text) => text, ...['text', 'number', 'point', 'line', 'more'].flatMap((name) => [(text) => text.replace(`<${name}>`, `${nothing(name)}<${name}>`), (text) => text.replace(new RegExp(`<${name}>.*?</${name}>`, 's'), nothing(name)), (text) => text.replace(new RegExp(`(.*</${name}>)`, 's'), `$1${nothing(name)}`), (text) => text.replace(`<${name}>`, `<${name} /><${name}>`)]),
];
for (const [make, example, all] of [[numbers, digits, numberChanges], [vague, [{ b: '1', c: '2' }, { a: '1', e: '1', j: '1' }, { bb: '1', 'i-': '' }], vagueChanges], [holes, full, holeChanges], [job, value, changes], [jobs, values, changes], [order, sample, orderChanges]]) {
  for (const change of all) {
    const learnt = make();
    const text = toXml(learnt, example);
    for (let turn = 0; turn < 6; turn++) fromXml(learnt, text);
    const [expected, actual] = [outcome(make(), change(text)), outcome(learnt, change(text))];
    if (expected !== actual) wrong.push([change(text), expected, actual]);
  }
}

// A document that is written straight is the one that is written tag by tag.
const written = (write, codec, value) => {
  try {
    return write(codec, value);
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
};
const kept = fromXml(order(), toXml(order(), sample).replace('<sku>a', '<more xmlns="urn:m" a="1">x</more><sku>a'));
const documents = [
  [job(), value], [job(), { ...value, Name: null, Note: 'a<&>"\r\n' }], [job(), { ...value, Id: 1.5 }], [job(), { ...value, Id: -0 }], [job(), { ...value, Id: 2 ** 31 }], [job(), { ...value, Start: '2024-02-30T10:00:00Z' }], [job(), { ...value, Done: undefined }], [job(), { ...value, Name: '\u0001' }], [job(), { ...value, Name: 1 }], [job(), {}], [job(), 'text'], [job(), [1]], [nullable(job()), null],
  [jobs(), values], [jobs(), []], [jobs(), [value, null]], [jobs(), [undefined]], [jobs(), {}], [order(), sample], [order(), kept], [order(), { ...sample, note: null }], [order(), { ...sample, tags: ['a', '', 'b&'] }], [order(), { ...sample, tags: [] }], [order(), { ...sample, jobs: [] }], [order(), { ...sample, lines: [{ ...sample.lines[0], state: 'other' }] }], [order(), { ...sample, address: null }], [order(), { ...sample, part: {} }], [order(), { ...sample, lines: [null] }],
  // Texts of each length, with a character that is not written as it is at each place, and some that have several.
  ...['&', '<', '>', '\t', '\n', '\r', '"', '\u0000', '\u007f', '\u0085', '\u00e9', '\u2028', '\ufffe', '\ud800', '\u{1F600}'].flatMap((character) => [0, 1, 2, 3, 4, 5, 7, 8, 94, 95, 96, 97, 200].flatMap((size) => [0, 1, 2, 3, 4, size].filter((place) => place <= size).map((place) => {
    const text = 'x'.repeat(place) + character + 'y'.repeat(size - place);
    return [size % 2 === 0 ? object({ a: string, b: string }, { name: 'some' }) : list(string, { name: 'some', item: 'one', profile: datacontract }), size % 2 === 0 ? { a: text, b: `${text}&${text}` } : [text, text]];
  }))),
  // Numbers of each length, and documents that are larger than what is kept for the next one.
  ...[0, 1, 18, 62].map((bits) => [object({ a: int32, b: int64, c: uint64, d: list(int64, { item: 'd' }) }, { name: 'some' }), { a: -(2 ** (bits / 2)) | 0, b: -(2n ** BigInt(bits)), c: 2n ** BigInt(bits), d: [10n ** BigInt(bits % 19), 2n ** BigInt(bits) - 1n, 9007199254740991n, 9007199254740992n, 4294967295n, 4294967296n, 1000000000000n] }]),
  (() => {
    const all = Object.entries([0n, 9n, 10n, 4294967295n, 4294967296n, 999999999999n, 1000000000000n, 1000000000001n, 12345678901234567n, 9007199254740991n, 9007199254740992n, 18446744073709551615n]).map(([name, number]) => [`n${name}`, number]);
    return [object(Object.fromEntries(all.map(([name]) => [name, uint64])), { name: 'some' }), Object.fromEntries(all)];
  })(),
  [object({ a: string, b: string }, { name: 'some' }), { a: 'z'.repeat(1500000), b: 'a' }], [object({ a: string, b: string }, { name: 'some' }), { a: '\u20ac'.repeat(4000), b: 'a' }], [object({ a: string, b: nullable(string) }, { name: 'some', nil: true }), { a: 'z', b: null }], [list(string, { name: 'some', item: 'one' }), Array.from({ length: 3000 }, (_, index) => `&\u00e9${index}`)],
  // Members in another order, others beside them, and objects of a class, one after the other by one codec.
  ...(() => {
    class Later { get b() { return 'got'; } a = 'x'; }
    const codec = object({ a: string, b: optional(string), 1: optional(int32) }, { name: 'some', elements: ['a', 'b', '1'] });
    const values = [{ a: 'x', b: 'y' }, { b: 'y', a: 'x' }, { 1: 7, z: 'z', b: 'y', a: 'x' }, { a: 'x' }, new Later(), Object.create({ a: 'x', b: 'y' }), Object.assign(Object.create(null), { b: 'y', a: 'x' }), { b: 'y' }, { z: 'z', a: 'x' }];
    return values.map((value) => [codec, value]);
  })(),
  ...['2024-02-28T10:00:00Z', '2024-02-29T10:00:00Z', '2023-02-29T10:00:00Z', '2024-04-31T10:00:00Z', '2024-02-2', '2024-02-1\u0669T10:00:00Z', ''].map((moment) => [object({ a: dateTime, b: date, c: decimal }, { name: 'some' }), { a: moment, b: moment.slice(0, 10), c: '12345678.50' }]),
  ...['12345678.50', '+12345678.50', '.5', 'x'].map((c) => [object({ c: decimal }, { name: 'some' }), { c }]),
  [object({}, { name: 'none' }), {}], [object({ a: optional(string) }, { name: 'some', profile: datacontract, namespace: 'urn:s' }), {}], [object({ a: optional(nullable(string)) }, { name: 'some' }), { a: null }], [object({ a: string }, { name: 'some', namespace: 'urn:s', prefix: 's' }), { a: 'x' }], [object({ toString: string }, { name: 'some' }), { toString: 'x' }], [object({ a: string }), { a: 'x' }],
  // Names that every object has, which a member that is absent must not be read from.
  [object({ toString: optional(scalar), a: string }, { name: 'some' }), { a: 'x' }, '<some><a>x</a></some>'], [object({ a: string, more: optional(object({ constructor: optional(scalar), valueOf: list(string) }, { name: 'more', inside: '' })) }, { name: 'some' }), { a: 'x', more: { valueOf: ['y'] } }],
  [object({ constructor: optional(nullable(string)) }, { name: 'some' }), {}, '<some/>'], [object({ a: optional(int32, { zero: '0' }) }, { name: 'some' }), { a: 0 }, '<some/>'],
  // Absence that means a value: the value is not written.
  ...[0, 1].map((count) => [object({ a: string, count: optional(int32, { zero: '0' }), tags: list(string, { item: 'tag' }) }, { name: 'some' }), { a: 'x', count, tags: ['y'] }]),
  // Texts of nothing: two tags where the type has any text, else one.
  ...[string, base64, scalar].flatMap((codec) => {
    const empty = codec === base64 ? new Uint8Array() : '';
    return [[object({ a: codec, b: nullable(codec), c: optional(codec) }, { name: 'some' }), { a: empty, b: empty, c: empty }], [list(codec, { name: 'some', item: 'one' }), [empty, empty]], [object({ all: list(codec, { item: 'one' }), more: list(codec, { item: 'more' }) }, { name: 'some', elements: nodes(['all', { of: 'more', bare: true }]) }), { all: [empty], more: [empty] }]];
  }),
];
for (const [codec, document, text] of documents) {
  const [expected, actual] = [written(writeTree, codec, document), written(toXml, codec, document)];
  if (expected !== actual || (text !== undefined && !expected.endsWith(text))) wrong.push([String(document), expected, actual]);
}
// Items without an element around them are read in time that grows with their number (20,000 took five seconds).
{
  const many = list(string, { item: 'a' });
  const started = performance.now();
  fromXml(object({ a: many }, { name: 'r', elements: nodes([{ of: 'a', bare: true }]) }), `<r>${'<a>x</a>'.repeat(20000)}</r>`);
  if (performance.now() - started > 2000) wrong.push('items without an element around them');
}
console.log(JSON.stringify(wrong));
