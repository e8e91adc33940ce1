// Written by bindwright from the API's document; changes belong there.

import type { Bound, Client } from './runtime/index.js';
import type { getImportJob } from './operations/get_import_job.js';
import type { runImportJob } from './operations/run_import_job.js';

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
export declare function bindAll(client: Client): BoundApi;
