// Written by bindwright from the API's document; changes belong there.

import { int32, jsonBody, needs, operation, pathText, waiting, xmlBody } from '../runtime/index.js';
import { ImportJob } from '../models/import_job.js';

export const getImportJob = /* @__PURE__ */ waiting(
  operation({
    method: 'GET',
    path: '/contactLists/{contactListId}/import/{importJobId}',
    parameters: [pathText('contactListId', int32), pathText('importJobId', int32)],
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
  }),
  {
    state: '/ProgressPercent',
    done: [100],
    progress: '/ProgressPercent',
    interval: 1,
    timeout: 600,
  },
);
