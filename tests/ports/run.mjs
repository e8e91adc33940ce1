// Lines of {ir, type, from, to, input} on stdin; lines of {output} or {refused} or {broken} on stdout.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Interpreter, Refused } from './interpreter.mjs';

const interpreters = new Map();
for await (const line of createInterface({ input: process.stdin })) {
  const { ir, type, from, to, input } = JSON.parse(line);
  if (!interpreters.has(ir)) interpreters.set(ir, new Interpreter(JSON.parse(readFileSync(ir, 'utf8'))));
  try {
    console.log(JSON.stringify({ output: interpreters.get(ir).convert(type, from, to, input) }));
  } catch (error) {
    console.log(JSON.stringify(error instanceof Refused ? { refused: error.message } : { broken: String(error.stack) }));
  }
}
