// Reads one import job through the generated TypeScript package, in JSON and in XML: node read_job.mjs URL KEY LIST JOB
import { connectBy, getImportJob, json, toXml, ImportJob, xml } from '../generated/typescript/index.js';
import { schemes } from '../generated/typescript/schemes.js';

const [url, key, list, job] = process.argv.slice(2);
const options = { schemes, credentials: { apiKey: key } };
const place = { contactListId: Number(list), importJobId: Number(job) };
const [first, second] = await Promise.all([json, xml].map((format) => getImportJob(connectBy(url, [format], options), place)));
if (toXml(ImportJob, first) !== toXml(ImportJob, second)) throw new Error('JSON and XML say different things');
console.log(`job ${first.Id}: ${first.ProgressPercent} %, finished ${first.FinishDate} (the same in JSON and in XML)`);
