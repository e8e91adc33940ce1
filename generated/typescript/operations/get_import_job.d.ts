// Written by bindwright from the API's document; changes belong there.

import type { Waiting } from '../runtime/index.js';
import type { ImportJob } from '../models/import_job.js';

/**
 * Check the status of an Import Job belonging to a specific ContactList
 *
 * @returns The Import Job was retrieved and returned successfully
 */
export declare const getImportJob: Waiting<
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
>;
