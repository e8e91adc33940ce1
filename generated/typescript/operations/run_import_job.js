// Written by bindwright from the API's document; changes belong there.

import { inQuery, int32, list, needs, operation, pathWord, string } from '../runtime/index.js';
import { ImportJob } from '../models/import_job.js';

export const runImportJob = /* @__PURE__ */ operation(
  'POST',
  (args) => `/contactLists/${pathWord(args, 'contactListId', int32)}/import/${pathWord(args, 'importJobId', int32)}/run`,
  { 200: ImportJob, 401: false, 403: false, 404: false, 500: false },
  [
    inQuery('customevents', list(string), { optional: true, argument: 'customEvents', explode: false }),
    needs([['apiKey'], []]),
  ],
);
