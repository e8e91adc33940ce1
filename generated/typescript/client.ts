// Written by bindwright from the API's document; changes belong there.

import { bind, type Bound, type Client } from './runtime/index.js';
import { getImportJob } from './operations/get_import_job.js';
import { runImportJob } from './operations/run_import_job.js';

/** Contact lists and their import jobs. */
export interface ContactListsOperations {
  readonly getImportJob: Bound<typeof getImportJob>;
  readonly runImportJob: Bound<typeof runImportJob>;
}

/** All operations, by tag. */
export interface BoundApi {
  readonly contactLists: ContactListsOperations;
}

/** The operations bound to a client: `bindAll(client).contactLists`. */
export function bindAll(client: Client): BoundApi {
  return {
    contactLists: {
      getImportJob: bind(client, getImportJob),
      runImportJob: bind(client, runImportJob),
    },
  };
}
