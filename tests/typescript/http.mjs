// Calls over a `fetch` that is handed in; prints what is not as expected, by the name of the case.
import * as rt from '../../codegen/bindwright/targets/typescript/runtime/index.js';
import { inPath, operation } from './described.mjs';

const wrong = {};
let sent;
const answering = (body, init = {}) => async (request) => {
  sent = { method: request.method, url: request.url, headers: Object.fromEntries(request.headers), body: await request.clone().text(), request };
  return body instanceof Response ? body : new Response(body, { headers: { 'content-type': 'application/json' }, ...init });
};
const client = (fetch, options = {}) => rt.connect('https://api.example/v1/', { fetch, ...options });
const same = (name, actual, expected) => {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) wrong[name] = { actual, expected };
};

// Parameters (OpenAPI 3.1.1, 4.8.12, the table of styles).
const object = rt.object({ R: rt.int32, G: rt.int32, B: rt.int32 });
const color = { array: [rt.list(rt.string), ['blue', 'black', 'br/own']], object: [object, { R: 100, G: 200, B: 150 }], string: [rt.string, 'blue'], empty: [rt.list(rt.string), []] };
const table = [
  ['inPath', {}, 'string', '/v1/blue'], ['inPath', {}, 'array', '/v1/blue,black,br%2Fown'], ['inPath', {}, 'object', '/v1/R,100,G,200,B,150'], ['inPath', { explode: true }, 'object', '/v1/R=100,G=200,B=150'],
  ['inPath', { style: rt.label }, 'string', '/v1/.blue'], ['inPath', { style: rt.label }, 'array', '/v1/.blue,black,br%2Fown'], ['inPath', { style: rt.label, explode: true }, 'array', '/v1/.blue.black.br%2Fown'], ['inPath', { style: rt.label, explode: true }, 'object', '/v1/.R=100.G=200.B=150'],
  ['inPath', { style: rt.matrix }, 'string', '/v1/;color=blue'], ['inPath', { style: rt.matrix }, 'array', '/v1/;color=blue,black,br%2Fown'], ['inPath', { style: rt.matrix, explode: true }, 'array', '/v1/;color=blue;color=black;color=br%2Fown'], ['inPath', { style: rt.matrix, explode: true }, 'object', '/v1/;R=100;G=200;B=150'],
  ['inQuery', {}, 'string', '/v1/{color}?color=blue'], ['inQuery', {}, 'array', '/v1/{color}?color=blue&color=black&color=br%2Fown'], ['inQuery', { explode: false }, 'array', '/v1/{color}?color=blue,black,br%2Fown'], ['inQuery', {}, 'empty', '/v1/{color}'],
  ['inQuery', {}, 'object', '/v1/{color}?R=100&G=200&B=150'], ['inQuery', { explode: false }, 'object', '/v1/{color}?color=R,100,G,200,B,150'], ['inQuery', { reserved: true }, 'array', '/v1/{color}?color=blue&color=black&color=br/own'],
  ['inQuery', { style: rt.spaceDelimited }, 'array', '/v1/{color}?color=blue%20black%20br%2Fown'], ['inQuery', { style: rt.pipeDelimited }, 'array', '/v1/{color}?color=blue%7Cblack%7Cbr%2Fown'], ['inQuery', { style: rt.deepObject, explode: true }, 'object', '/v1/{color}?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150'],
  ['inQuery', { content: 'application/json' }, 'object', '/v1/{color}?color=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D'],
];
for (const [place, options, value, expected] of table) {
  const call = operation(rt, { method: 'GET', path: '/{color}', parameters: [(place === 'inPath' ? inPath : rt[place])('color', color[value][0], options)], answers: { 200: undefined } });
  await call(client(answering('')), { color: color[value][1] });
  same(`${place} ${JSON.stringify(Object.keys(options))} ${value}`, decodeURI(sent.url).replace('https://api.example', '') === expected ? expected : sent.url.replace('https://api.example', '').replace('%7Bcolor%7D', '{color}'), expected);
}
for (const [text, expected] of [['...', '/v1/...'], ['../a', '/v1/..%2Fa'], ['a b', '/v1/a%20b'], ["it's(1)*!", '/v1/it%27s%281%29%2A%21'], ['ü', '/v1/%C3%BC']]) {
  const seen = [];
  seen.push(rt.dotless((args) => `/v1/${rt.pathText(args, 'a', rt.string)}`)({ a: text }), rt.dotless((args) => `/v1/${rt.inPath(args, 'a', rt.string)}`)({ a: text }));
  same(`path ${text}`, seen, [expected, expected]);
}
for (const text of ['.', '..']) {
  const sends = operation(rt, { method: 'GET', path: '/{a}/b', parameters: [inPath('a', rt.string)], answers: { 200: undefined } });
  same(`path ${text}`, await sends(client(answering('')), { a: text }).catch((error) => error.message), `a part of dots alone in /${text}/b`);
}
const queried = operation(rt, { method: 'GET', path: '/p?x=1', parameters: [rt.inQuery('y', rt.string)], answers: { 200: undefined } });
await queried(client(answering('')), { y: 'z' });
same('query in the path', sent.url, 'https://api.example/v1/p?x=1&y=z');
const headers = operation(rt, { method: 'GET', path: '/', parameters: [rt.inHeader('X-Ids', rt.list(rt.int64)), rt.inCookie('session', rt.string, { optional: true, argument: 'cookie' })], answers: { 200: undefined } });
await headers(client(answering('')), { 'X-Ids': [1n, 2n], cookie: 'a b' });
same('header', [sent.headers['x-ids'], sent.headers.cookie], ['1,2', typeof document === 'undefined' ? 'session=a%20b' : undefined]); // browsers send their own
same('missing argument', await headers(client(answering('')), {}).catch((error) => error.message), 'no argument X-Ids');

// Bodies and answers in both formats, errors by status.
const Pet = rt.object({ id: rt.int64, name: rt.string, note: rt.optional(rt.nullable(rt.string)) }, { name: 'pet', namespace: 'urn:p', elements: ['id', 'name', 'note'] });
const Problem = rt.object({ title: rt.string });
const put = operation(rt, { method: 'PUT', path: '/pets', body: rt.sends(Pet), answers: { 200: Pet, '4XX': Problem, 503: undefined }, security: rt.needs([['key', 'token'], ['token'], []]) });
const pet = { id: 9007199254740993n, name: 'a & b' };
same('json', String((await put(client(answering('{"id":9007199254740993,"name":"x"}')), { body: pet })).id), '9007199254740993');
same('json sent', [sent.body, sent.headers['content-type'], sent.headers.accept], ['{"id":9007199254740993,"name":"a & b"}', 'application/json', 'application/json']);
const both = { formats: [rt.xml, rt.json] };
const xmlAnswer = new Response('<pet xmlns="urn:p"><id>7</id><name>x</name></pet>', { headers: { 'content-type': 'application/xml; charset=utf-8' } });
same('xml', (await put(client(answering(xmlAnswer), both), { body: pet })).name, 'x');
same('xml sent', [sent.body, sent.headers['content-type'], sent.headers.accept], ['<pet xmlns="urn:p"><id>9007199254740993</id><name>a &amp; b</name></pet>', 'application/xml', 'application/xml,application/json']);
const failure = await put(client(answering('{"title":"no"}', { status: 404 })), { body: pet }).catch((error) => error);
same('error', [failure.name, failure.status, failure.body.title], ['ApiError', 404, 'no']);
const raw = await put.raw(client(answering('{"title":"no"}', { status: 404 })), { body: pet });
same('raw', [raw.ok, raw.status, raw.body.title], [false, 404, 'no']);
for (const [body, type] of [['{"title":', 'application/json'], ['<p>Bad gateway', 'text/html'], ['{"title":1}', 'application/json']]) {
  const said = await put(client(answering(new Response(body, { status: 404, headers: { 'content-type': type } }))), { body: pet }).catch((error) => error);
  same(`an error with ${body}`, [said.name, said.status, said.body], ['ApiError', 404, body]);
}
const odd = await put(client(answering('oops', { status: 302 })), { body: pet }).catch((error) => error);
same('undocumented', [odd.name, odd.status, odd.body], ['ApiError', 302, 'oops']);
same('unreadable', (await put(client(answering('{"id":1}')), { body: pet }).catch((error) => error)).name, 'DataError');
same('no body', await put(client(answering('')), {}).catch((error) => error.message), 'no argument body');

// An answer of a kind that nobody listed is kept, and sent back as it came; a document that is read as such is refused.
const renamed = operation(rt, { method: 'GET', path: '/r', answers: { 200: rt.object({ id: rt.int32 }, { name: 'r', elements: rt.nodes([{ of: 'id', name: 'number' }]) }) } });
const numbered = () => new Response('<r><number>7</number></r>', { headers: { 'content-type': 'application/xml' } });
const readBy = (format, call, answer) => call(rt.connectBy('https://api.example', [format], { fetch: async () => answer }), {}).then(JSON.stringify, (error) => (error instanceof rt.DataError ? error.message : error.stack));
same('places', [await readBy(rt.xmlAnswers, renamed, numbered()), await readBy(rt.plainXmlAnswers, renamed, numbered())], ['{"id":7}', 'not plain: use xmlAnswers']);
const plainPets = operation(rt, { method: 'GET', path: '/r', answers: { 200: rt.list(rt.object({ id: rt.int32, name: rt.optional(rt.nullable(rt.string)) }, { name: 'pet', namespace: 'urn:p' }), { name: 'pets', namespace: 'urn:p', item: 'pet' }) } });
for (const [content, expected] of [
  ['<pet><id>1</id><name>a</name></pet>\n<pet><more/><id>2</id></pet>', '[{"id":1,"name":"a"},{"id":2}]'], ['<pet xmlns=""><id>1</id></pet>', '[{"id":1}]'], ['<pet><name/></pet>', 'no element id at /0'], ['<pet><id>1</id><id>1</id></pet>', 'element twice at /0/id'],
  ['<pet><id>1</id><name xmlns:n="http://www.w3.org/2001/XMLSchema-instance" n:nil="1"/></pet>', '[{"id":1,"name":null}]'], ['<pet>x<id>1</id></pet>', 'unexpected text at /0'], ['<pet><id><x/></id></pet>', 'unexpected element at /0/id'], ['<pet xmlns="urn:q"><id>1</id></pet>', '[]'],
]) {
  const answer = () => new Response(`<pets xmlns="urn:p">${content}</pets>`, { headers: { 'content-type': 'application/xml' } });
  const both = [await readBy(rt.plainXmlAnswers, plainPets, answer()), await readBy(rt.xmlAnswers, plainPets, answer())];
  same(content, both, [expected, expected]);
}
const chain = rt.object({ a: rt.optional(rt.lazy(() => chain)) });
const links = operation(rt, { method: 'GET', path: '/r', answers: { 200: chain } });
// The words are the engine's, the error is ours.
const engine = (message) => /^(Range|Type|Internal|Syntax)Error( \[\w+\])?: ./.test(message);
same('too deep', await readBy(rt.jsonAnswers, links, new Response(`${'{"a":'.repeat(50_000)}{}${'}'.repeat(50_000)}`, { headers: { 'content-type': 'application/json' } })).then(engine), true);
const octets = (text, ...bytes) => new Response(new Uint8Array([...bytes, ...new TextEncoder().encode(text)]), { headers: { 'content-type': 'application/xml' } });
same('another encoding', await readBy(rt.xmlAnswers, renamed, octets('<?xml version="1.0" encoding="iso-8859-1"?><r><number>7</number></r>')), 'iso-8859-1: use xml');
same('no UTF-8', await readBy(rt.xmlAnswers, renamed, octets('<r><number>7</number></r>', 0xff)).then(engine), true);
same('a mark of the byte order', await readBy(rt.xmlAnswers, renamed, octets('<r><number>7</number></r>', 0xef, 0xbb, 0xbf)), '{"id":7}');
const Cat = rt.object({ kind: rt.string, lives: rt.int32 }, { elements: ['kind', 'lives'] });
const discriminated = { discriminator: 'kind', mapping: { cat: 0, dog: 1 } };
const choice = rt.choice({ nodes: [{ name: 'one' }, { name: 'one' }], discriminator: 'kind', mapping: discriminated.mapping });
const Dog = rt.object({ kind: rt.string }, { elements: ['kind'] });
const Animal = rt.union([Cat, Dog], discriminated, { name: 'one', kind: choice });
const Zoo = rt.object({ all: rt.list(Animal, { item: 'one' }) }, { name: 'zoo', elements: ['all'] });
const zoo = operation(rt, { method: 'PUT', path: '/z', body: rt.sends(Zoo), answers: { 200: Zoo } });
const animals = '{"all":[{"kind":"cat","lives":9},{"kind":"fish","fins":2.50,"id":9007199254740993}]}';
const kept = await zoo(client(answering(animals)), { body: { all: [] } });
same('unlisted', [kept.all[1].kind, String(kept.all[1].id)], ['fish', '9007199254740993']);
await zoo(client(answering(animals)), { body: kept });
same('unlisted sent', sent.body, animals);
const refused = (read) => { try { return read(); } catch (error) { return error.message; } };
same('unlisted, strict', refused(() => rt.fromJson(Zoo, animals)), 'no alternative fish at /all/1');
const swimming = '<zoo><all><one><kind>cat</kind><lives>9</lives></one><one><kind>fish</kind><fins a="1">2</fins></one></all></zoo>';
const xmlZoo = await zoo(client(answering(new Response(swimming, { headers: { 'content-type': 'application/xml' } })), { formats: [rt.xml] }), { body: { all: [] } });
same('unlisted in xml', xmlZoo.all, [{ kind: 'cat', lives: 9 }, { kind: 'fish', fins: { '@a': '1', '#text': '2' } }]);
same('unlisted in xml, strict', refused(() => rt.fromXml(Zoo, swimming)), 'no alternative that the discriminator tells at /all/1');
const orElse = { ...discriminated, otherwise: 1 };
const Tame = rt.union([Cat, Dog], orElse, { name: 'one', kind: rt.choice({ nodes: [{ name: 'one' }, { name: 'one' }], ...orElse }) });
same('otherwise', [rt.fromJson(Tame, '{"kind":"fish"}'), rt.fromXml(Tame, '<one><kind>fish</kind></one>')], [{ kind: 'fish' }, { kind: 'fish' }]);

// Servers that send a namespace which the document forgot, or none where it names one; foreign names stay foreign.
const named = async (body, text) => (await operation(rt, { method: 'GET', path: '/', answers: { 200: rt.xmlBody(body) } })(client(answering(new Response(text, { headers: { 'content-type': 'application/xml' } })), { formats: [rt.xml] }), {}).catch((error) => error.message));
const Bare = rt.object({ title: rt.string, all: rt.list(rt.int32, { item: 'one' }) }, { name: 'bare', elements: ['title', 'all'] });
same('a namespace more', await named(Bare, '<bare xmlns="urn:x"><title>a</title><all><one>1</one></all></bare>'), { title: 'a', all: [1] });
same('a namespace less', (await named(Pet, '<pet><id>7</id><name>x</name></pet>')).name, 'x');
same('another namespace', await named(Pet, '<pet xmlns="urn:q"><id>7</id><name>x</name></pet>'), 'expected {urn:p}pet');
same('a foreign element', (await named(Bare, '<bare xmlns:m="urn:m"><m:title>b</m:title><title>a</title><all/></bare>')).title, 'a');
same('a namespace more, strict', refused(() => rt.fromXml(Bare, '<bare xmlns="urn:x"><title>a</title><all/></bare>')), 'expected {}bare');
const headed = operation(rt, { method: 'HEAD', path: '/', answers: { 200: Pet } });
same('head', await headed(client(answering(new Response(null, { headers: { 'content-type': 'application/octet-stream' } }))), {}), undefined);

// A name that stands twice.
for (const text of ['{"title":"a","title":"a"}', '{"title":"a","\\u0074itle":"b"}', '{"title":"a","x":{"y":[{"z":"\\":","z" : 1}]}}'])
  same(`twice ${text}`, refused(() => rt.fromJson(Problem, text)), 'a name twice');
for (const text of ['{"title":"\\":"}', '{"title" : "a\\\\","x":{"title":{"title":1}}}', '{"title":"a","__proto__":1}'])
  same(`once ${text}`, typeof refused(() => rt.fromJson(Problem, text)), 'object');

// A member that an alternative asks for need not be one that it names.
const either = rt.union([{ codec: rt.object({ a: rt.string }), requires: ['a', 'b'] }, { codec: rt.object({ b: rt.int32 }), requires: ['a', 'b'] }]);
same('asked for, not named', rt.toJson(either, rt.fromJson(either, '{"a":"x","b":"y"}')), '{"a":"x","b":"y"}');

// Headers of answers.
const readHeaders = rt.headers({ 'X-Total': rt.int64, 'X-Ids': rt.optional(rt.list(rt.int32)), 'X-Page': rt.optional(rt.inJson(Problem)), 'X-Any': rt.optional(rt.union([rt.int32, rt.string])), 'X-Gone': rt.optional(rt.string) });
const heads = readHeaders(new Response('', { headers: { 'x-total': '9007199254740993', 'x-ids': '1, 2,3', 'x-page': '{"title":"a"}', 'x-any': 'b' } }));
same('headers', [String(heads['X-Total']), heads['X-Ids'], heads['X-Page'], heads['X-Any'], 'X-Gone' in heads], ['9007199254740993', [1, 2, 3], { title: 'a' }, 'b', false]);
same('no header', refused(() => readHeaders(new Response(''))), 'no header X-Total');
same('odd header', refused(() => readHeaders(new Response('', { headers: { 'x-total': 'many' } }))), 'expected an integer at /X-Total');

// What `fetch` takes goes to it; what is sent, and how, the operation says.
await put(client(answering('{"id":1,"name":""}')), { body: pet }, { redirect: 'error', method: 'POST', body: 'x' });
same('options of fetch', [sent.request.redirect, sent.method, sent.body], ['error', 'PUT', '{"id":9007199254740993,"name":"a & b"}']);

// Security, time, abort.
const schemes = { key: rt.apiKey('query', 'k&y'), token: rt.bearer(), user: rt.basic({}) };
await put(client(answering('{"id":1,"name":""}'), { schemes, credentials: { token: () => 'abc' } }), { body: pet });
same('bearer', [sent.headers.authorization, sent.url], ['Bearer abc', 'https://api.example/v1/pets']);
await put(client(answering('{"id":1,"name":""}'), { schemes, credentials: { token: 'abc', key: 'ü' } }), { body: pet });
same('both schemes', sent.url, 'https://api.example/v1/pets?k%26y=%C3%BC');
// As a real `fetch` does, it holds the request as long as it waits.
const held = [];
const slow = (request) => new Promise((resolve, reject) => { held.push(request); const end = setTimeout(resolve, 5000); request.signal.addEventListener('abort', () => { clearTimeout(end); reject(request.signal.reason); }); });
same('time', (await put(client(rt.timed(20, slow)), { body: pet }).catch((error) => error)).name, 'TimeoutError');
const controller = new AbortController();
setTimeout(() => controller.abort(), 10);
same('abort', (await put(client(rt.timed(5000, slow)), { body: pet }, { signal: controller.signal }).catch((error) => error)).name, 'AbortError');

// Forms, streams, octets.
const upload = rt.object({ title: rt.string, tags: rt.list(rt.string), pet: rt.optional(Pet), file: rt.optional(rt.octets) });
const form = operation(rt, { method: 'POST', path: '/f', body: rt.sends(rt.form(upload, 'application/x-www-form-urlencoded')), answers: { 204: undefined } });
await form(client(answering(new Response(null, { status: 204 }))), { body: { title: 'a b&c', tags: ['x', 'y'] } });
same('form', [sent.body, sent.headers['content-type']], ['title=a+b%26c&tags=x&tags=y', 'application/x-www-form-urlencoded']);
const parts = operation(rt, { method: 'POST', path: '/f', body: rt.sends(rt.multipart(upload, 'multipart/form-data', { title: { contentType: 'text/markdown' } })), answers: { 204: undefined } });
await parts(client(answering(new Response(null, { status: 204 }))), { body: { title: 'a', tags: ['x', 'y'], pet, file: new Blob(['\u0001'], { type: 'image/png' }) } });
// As text: not every `formData` gives the media types of parts.
const sections = sent.body.split(/(?:^|\r\n)--[-\w]+(?:--)?(?:\r\n|$)/).filter(Boolean).map((section) => {
  const [head, value] = section.split('\r\n\r\n');
  return [/name="(\w+)"/.exec(head)?.[1], /content-type: *([^\s;]+)/i.exec(head)?.[1] ?? '', value];
});
same('multipart', sections, [['title', 'text/markdown', 'a'], ['tags', '', 'x'], ['tags', '', 'y'], ['pet', 'application/json', '{"id":9007199254740993,"name":"a & b"}'], ['file', 'image/png', '\u0001']]);
const chunks = (...texts) => new ReadableStream({ start: (controller) => { for (const text of texts) controller.enqueue(new TextEncoder().encode(text)); controller.close(); } });
const collect = async (items) => { const all = []; for await (const item of items) all.push(item); return all; };
const stream = (body, answer, type) => operation(rt, { method: 'GET', path: '/s', answers: { 200: answer } })(client(answering(new Response(body, { headers: { 'content-type': type } }))), {});
same('lines', (await collect(await stream(chunks('{"title":"a"}\n{"ti', 'tle":"ü"}\r\n\n{"title":"c"}'), rt.lines(Problem, 'application/jsonl'), 'application/jsonl'))).map((item) => item.title), ['a', 'ü', 'c']);
same('sequence', (await collect(await stream(chunks('\u001e{"title":"a"}\n\u001e', '{"title":"b"}\n'), rt.sequence(Problem, 'application/json-seq'), 'application/json-seq'))).map((item) => item.title), ['a', 'b']);
same('events', await collect(await stream(chunks(': comment\n\ndata: {"title":"a"}\n\nevent: x\nda', 'ta: {"title":\ndata: "b"}\n\n', 'data'), rt.events(Problem, 'text/event-stream'), 'text/event-stream')), [{ title: 'a' }, { title: 'b' }]);
same('events whose data is JSON', await collect(await stream(chunks('data: {"title":"x"}\n\ndata: {"title":\ndata: "y"}\n\n'), rt.events(rt.object({ data: Problem }), 'text/event-stream'), 'text/event-stream')), [{ data: { title: 'x' } }, { data: { title: 'y' } }]);
same('events whose data is text', await collect(await stream(chunks('data: {"title":"x"}\n\n'), rt.events(rt.object({ data: rt.string }), 'text/event-stream'), 'text/event-stream')), [{ data: '{"title":"x"}' }]);
same('bare events', await collect(await stream(chunks('id: 1\r\nretry: 5\r\ndata: a\r\ndata:  b\r\n\r\n'), rt.events(undefined, 'text/event-stream'), 'text/event-stream')), [{ id: '1', retry: 5, data: 'a\n b' }]);
// The header's encoding holds for lines; events are in UTF-8, whatever is said. What is none of it is refused in lines.
const bytes = (text) => new ReadableStream({ start: (controller) => { controller.enqueue(Uint8Array.from(text, (character) => character.charCodeAt(0))); controller.close(); } });
same('lines in another encoding', await collect(await stream(bytes('{"title":"\xfc"}\n'), rt.lines(Problem, 'application/jsonl'), 'application/jsonl; charset=iso-8859-1')), [{ title: '\u00fc' }]);
same('events in another encoding', await collect(await stream(bytes('data: {"title":"\xc3\xbc"}\n\n'), rt.events(Problem, 'text/event-stream'), 'text/event-stream; charset=iso-8859-1')), [{ title: '\u00fc' }]);
for (const [type, text] of [['application/jsonl', '{"title":"\xfc"}\n'], ['application/jsonl; charset=nowhere', '{"title":"a"}\n']]) same(`lines that are not ${type}`, await stream(bytes(text), rt.lines(Problem, 'application/jsonl'), type).then(collect).catch((error) => error.name), 'DataError');
// A broken item comes behind those before it in the same chunk, and says which it is.
const sound = async (items) => { const all = []; try { for await (const item of items) all.push(item.title); } catch (error) { all.push(error.path); } return all; };
same('broken line', await sound(await stream(chunks('{"title":"a"}\n\n{"title":"b"}\n{"title":1}\n{"title":"d"}\n'), rt.lines(Problem, 'application/jsonl'), 'application/jsonl')), ['a', 'b', '/2/title']);
same('broken text of a sequence', await sound(await stream(chunks('\u001e{"title":"a"}\n\u001e{"title"\n\u001e{"title":"c"}\n'), rt.sequence(Problem, 'application/json-seq'), 'application/json-seq')), ['a', '/1']);
same('broken event', await sound(await stream(chunks('data: {"title":"a"}\n\n: x\n\ndata: {"title":1}\n\ndata: {"title":"c"}\n\n'), rt.events(Problem, 'text/event-stream'), 'text/event-stream')), ['a', '/1/title']);
let cancelled = false;
const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new TextEncoder().encode('{"title":"a"}\n')), cancel: () => { cancelled = true; } });
for await (const item of await stream(endless, rt.lines(Problem, 'application/jsonl'), 'application/jsonl')) if (item.title === 'a') break;
same('left early', cancelled, true);
const send = operation(rt, { method: 'POST', path: '/s', body: rt.sends(rt.lines(Problem, 'application/jsonl')), answers: { 204: undefined } });
await send(client(answering(new Response(null, { status: 204 }))), { body: (async function* () { yield { title: 'a' }; yield { title: 'b' }; })() });
same('lines sent', [sent.body, sent.headers['content-type']], ['{"title":"a"}\n{"title":"b"}\n', 'application/jsonl']);
same('text', await stream('12', rt.plain('text/plain', rt.int32), 'text/plain'), 12);
same('octets', await (await stream('ab', rt.blob('image/*'), 'image/png')).text(), 'ab');
same('bound', (await rt.bind(client(answering('{"id":1,"name":"z"}')), put)({ body: pet })).name, 'z');

// Repeated calls.
const turns = (...answers) => { let turn = 0; return async (request) => { const body = await request.text(); const next = answers[turn++]; if (next instanceof Error) throw next; return new Response(next === 200 ? body : '{"title":"busy"}', { status: next, headers: { 'content-type': 'application/json', ...(next === 429 ? { 'retry-after': '0' } : {}) } }); }; };
const again = (method, answers, options = {}) => operation(rt, { method, path: '/p', body: rt.sends(Pet), answers: { 200: Pet, 429: Problem, 503: Problem } })(client(rt.retrying({ fetch: turns(...answers), pause: 1, ...options })), { body: pet }).then((value) => value.name, (error) => error.status ?? error.message);
same('repeated', await again('PUT', [new TypeError('gone'), 503, 200]), 'a & b');
same('given up', await again('PUT', [503, 503, 503, 200]), 503);
same('asked to wait', await again('PUT', [429, 200]), 'a & b');
same('not safe', await again('POST', [503, 200]), 503);
same('not safe, no answer', await again('POST', [new TypeError('gone'), 200]), 'gone');
same('unsafe by choice', await again('POST', [503, 200], { unsafe: true }), 'a & b');

console.log(JSON.stringify(wrong));
