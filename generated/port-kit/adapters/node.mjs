// Beginning of a port in JavaScript: `bindwright conform --kit . -- node adapters/node.mjs`.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

let ir;
const answers = {
  hello: (request) => {
    ir = JSON.parse(readFileSync(request.ir, 'utf8'));
    return { port: 'my port 0.1', protocol: 1, formats: ['json', 'xml'], features: [] };
  },
  // Read request.input (text, or {base64}) of request.from as the type ir.types[request.type], write it in each of request.to.
  transcode: (request) => ({ skipped: `${request.from} of ${ir.types[request.type].kind} is not there yet` }),
};
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  if (request.do === 'bye') { process.stdin.destroy(); break; }
  let answer;
  try { answer = (answers[request.do] ?? (() => ({ skipped: request.do })))(request); }
  catch (error) { answer = { broken: String(error) }; } // for a document that is wrong: {refused: 'decode', why: '…'}
  console.log(JSON.stringify({ id: request.id, ...answer }));
}
