// Written by bindwright from the API's document; changes belong there.

import { int32, needs, operation, pathWord, waiting } from '../runtime/index.js';
import { ImportJob } from '../models/import_job.js';

export const getImportJob = /* @__PURE__ */ waiting(
  operation(
    'GET',
    (args) => `/contactLists/${pathWord(args, 'contactListId', int32)}/import/${pathWord(args, 'importJobId', int32)}`,
    { 200: ImportJob, 401: false, 403: false, 404: false, 500: false },
    [needs([['apiKey'], []])],
  ),
  { state: '/ProgressPercent', done: [100], progress: '/ProgressPercent' },
);
