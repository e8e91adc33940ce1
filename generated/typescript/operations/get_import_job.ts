// Written by bindwright from the API's document; changes belong there.

import {
  int32,
  jsonBody,
  needs,
  operation,
  pathText,
  waiting,
  xmlBody,
  type Waiting,
} from '../runtime/index.js';
import { ImportJob } from '../models/import_job.js';

/**
 * Check the status of an Import Job belonging to a specific ContactList
 *
 * @returns The Import Job was retrieved and returned successfully
 */
export const getImportJob: Waiting<
  {
    /** ContactList Id */
    contactListId: number;
    /** Import Job Id */
    importJobId: number;
  },
  ImportJob,
  {
    /** Request has been denied as it lacks valid Authentication credentials. */
    401: undefined;
    /** The user does not have the relevant permissions to perform this action. */
    403: undefined;
    /** The specified Contactlist or ImportJob were not found. */
    404: undefined;
    /** An error occurred while processing this request. */
    500: undefined;
  }
> = /* @__PURE__ */ waiting(
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
