// Written by bindwright from the API's document; changes belong there.

export * from './import_job.js';
