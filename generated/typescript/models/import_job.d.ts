// Written by bindwright from the API's document; changes belong there.

import type { Codec, DateTime } from '../runtime/index.js';

/** Status of the Import Job */
export interface ImportJob {
  /** The Id of the ImportJob */
  Id: number;
  /** The ContactList this ImportJob is attached to */
  ContactListId: number;
  /** The number of Invalid Emails Addresses found by this Import Job */
  InvalidEmailCount: number;
  /** The number of Invalid TextMessage Numbers found by this ImportJob */
  InvalidSmsCount: number;
  /** The completion percent of this Import Job */
  ProgressPercent: number;
  /** The current status of this Import Job */
  CurrentStatus: string | null;
  /** When this ImportJob Started */
  StartDate: DateTime | null;
  /** When this ImportJob finished */
  FinishDate: DateTime | null;
  /** How many new contacts were created as part of the ImportJob */
  InsertedContacts: number;
  /** How many existing contacts were updated as part of the ImportJob */
  UpdatedContacts: number;
  /** How many existing contacts were deleted as part of the ImportJob */
  DroppedContacts: number;
  /** How many existing contacts where NOT updated as part of the ImportJob */
  NotUpdatedContacts: number;
  /** The Total number of contacts Inserted/Updated as part of this ImportJob */
  TotalContacts: number;
}

export declare const ImportJob: Codec<ImportJob>;
