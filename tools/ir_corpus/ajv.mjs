// Lines of {file} on stdin; lines of {file, errors} on stdout. The schema is the first argument.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';

const [schema, folder] = process.argv.slice(2);
const Ajv = createRequire(`${folder}/`)('ajv/dist/2020').default;
const validate = new Ajv({ strict: false, allErrors: false }).compile(JSON.parse(readFileSync(schema, 'utf8')));
for await (const line of createInterface({ input: process.stdin })) {
  const { file } = JSON.parse(line);
  const valid = validate(JSON.parse(readFileSync(file, 'utf8')));
  const errors = valid ? [] : validate.errors.map((error) => `${error.instancePath}: ${error.message}`);
  console.log(JSON.stringify({ file, errors }));
}
