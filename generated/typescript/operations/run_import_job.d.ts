// Written by bindwright from the API's document; changes belong there.

import type { Operation } from '../runtime/index.js';
import type { ImportJob } from '../models/import_job.js';

/**
 * Run an ImportJob for a specific ContactList, to start the batch Insert/Update process
 *
 * This Endpoint supports executing Custom Events after it Inserts/Updates Contacts.
 *
 * @returns The Import Job was kicked-off successfully.
 */
export declare const runImportJob: Operation<
  {
    /** ContactList Id */
    contactListId: number;
    /** Import Job Id */
    importJobId: number;
    /**
     * Names of Custom Events to execute with the contacts that have been successfully inserted/updated via this
     * call, for example `SendWelcomeEmail,SendEventInvite`.
     * The names are percent-encoded, the commas between them are not; without names the parameter is left out.
     */
    customEvents?: string[];
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
