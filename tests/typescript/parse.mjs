// Lines of {path} or {text} on stdin; for each true where the document is well-formed XML, else what is wrong.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { DataError, parseXml } from '../../codegen/bindwright/targets/typescript/runtime/index.js';

for await (const line of createInterface({ input: process.stdin })) {
  const { path, text } = JSON.parse(line);
  let result = true;
  try {
    parseXml(path === undefined ? text : readFileSync(path), { depth: 1000, size: 1 << 26, attributes: 1000 });
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    result = error.message;
  }
  console.log(JSON.stringify(result));
}
