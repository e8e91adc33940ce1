// Written by bindwright from the API's document; changes belong there.

import { bind } from './runtime/index.js';
import { getImportJob } from './operations/get_import_job.js';
import { runImportJob } from './operations/run_import_job.js';

export function bindAll(client) {
  return {
    contactLists: {
      getImportJob: bind(client, getImportJob),
      runImportJob: bind(client, runImportJob),
    },
  };
}
