// The TypeScript runtime as a port: `bindwright conform --kit KIT -- node tests/typescript/port.mjs`. With the folder of a
// generated package, the port reads and writes by its codecs; `types.json` in it has the module and name of each type, `operations.json` those
// of each operation, with the names of its arguments.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Calls, Skipped } from './calls.mjs';
import { Loader } from './loader.mjs';
import { jsonText, tagged } from './tagged.mjs';

const generated = process.argv[2];
const module = (path) => import(pathToFileURL(join(generated, path)).href);
const rt = generated === undefined ? await import('../../codegen/bindwright/targets/typescript/runtime/index.js') : await module('runtime/index.js');
const codecs = new Map();
for (const [id, [path, name]] of generated === undefined ? [] : Object.entries(JSON.parse(readFileSync(join(generated, 'types.json'), 'utf8')))) codecs.set(id, (await module(`${path}.js`))[name]);

const functions = new Map();
for (const [id, [path, name, names]] of generated === undefined ? [] : Object.entries(JSON.parse(readFileSync(join(generated, 'operations.json'), 'utf8')))) functions.set(id, [(await module(`${path}.js`))[name], names]);

const octets = (input) => (typeof input === 'string' ? Buffer.from(input, 'utf8') : Buffer.from(input.base64, 'base64'));
// Lone surrogates have no octets: such a text is read as it is.
const document = (input) => (typeof input === 'string' && /[\ud800-\udfff]/.test(input) && !input.isWellFormed?.() ? input : octets(input));
const read = { json: rt.fromJson, xml: rt.fromXml };
const write = { json: rt.toJson, xml: rt.toXml };

class Port {
  constructor(ir) {
    this.loader = new Loader(ir, rt);
    this.calls = new Calls(this.loader, generated === undefined ? undefined : { functions });
  }

  codec(id) {
    const codec = codecs.get(id);
    // .NET sends null for any class.
    return codec === undefined ? this.loader.root(id) : rt.nullable(codec);
  }

  async called(request) {
    try {
      return request.do === 'request' ? { request: await this.calls.request(request) } : await this.calls.answer(request);
    } catch (error) {
      if (error instanceof Skipped) return { skipped: error.message };
      return refused(request.do === 'request' ? 'encode' : 'decode', error);
    }
  }

  answer(request) {
    let codec, value;
    try {
      codec = this.codec(request.type);
      value = read[request.from](codec, document(request.input));
      for (const [pointer, setting] of request.set ?? []) {
        const name = pointer.slice(1).replace(/~1/g, '/').replace(/~0/g, '~');
        value = { ...value, [name]: setting === null ? null : rt.fromJson(codecOf(codec, name), jsonText(setting)) };
      }
    } catch (error) {
      return refused('decode', error);
    }
    try {
      if (request.do === 'value') return { value: tagged(this.loader.ir, { type: request.type }, rt.parseExactly(rt.toJson(codec, value))) };
      return { output: Object.fromEntries(request.to.map((format) => [format, write[format](codec, value)])) };
    } catch (error) {
      return refused('encode', error);
    }
  }
}

function codecOf(codec, name) {
  while (codec.inner !== undefined) codec = codec.inner();
  return codec.members.find((member) => member.name === name).codec;
}

function refused(what, error) {
  return error instanceof rt.DataError ? { refused: what, why: error.message } : { broken: String(error.stack) };
}

let port;
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  if (request.do === 'bye') { process.stdin.destroy(); break; }
  let answer;
  if (request.do === 'hello') {
    port = new Port(JSON.parse(readFileSync(request.ir, 'utf8')));
    answer = { port: 'bindwright (TypeScript)', protocol: 1, formats: ['json', 'xml'], features: ['value', 'edit', 'datacontract', 'request', 'answer'] };
  } else if (request.do === 'request' || request.do === 'answer') answer = await port.called(request);
  else if (['transcode', 'value', 'edit'].includes(request.do)) answer = port.answer(request);
  else answer = { skipped: `${request.do} is not offered` };
  process.stdout.write(`${JSON.stringify({ id: request.id, ...answer })}\n`);
}
