// Written by bindwright from the API's document; changes belong there.

import {
  inQuery,
  int32,
  jsonBody,
  list,
  needs,
  operation,
  pathText,
  string,
  xmlBody,
} from '../runtime/index.js';
import { ImportJob } from '../models/import_job.js';

export const runImportJob = /* @__PURE__ */ operation({
  method: 'POST',
  path: '/contactLists/{contactListId}/import/{importJobId}/run',
  parameters: [
    pathText('contactListId', int32),
    pathText('importJobId', int32),
    inQuery('customevents', list(string), { optional: true, argument: 'customEvents', explode: false }),
  ],
  answers: {
    200: [
      ImportJob,
      jsonBody(ImportJob, 'text/json'),
      jsonBody(ImportJob, 'application/csp-report'),
      xmlBody(ImportJob, 'text/xml'),
    ],
    401: undefined,
    403: undefined,
    404: undefined,
    500: undefined,
  },
  security: needs([['apiKey'], []]),
});
