// Written by bindwright from the API's document; changes belong there.

export * from './get_import_job.js';
export * from './run_import_job.js';
