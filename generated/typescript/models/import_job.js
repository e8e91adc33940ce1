// Written by bindwright from the API's document; changes belong there.

import { datacontract, dateTime, int32, nullable, object, string } from '../runtime/index.js';

export const ImportJob = /* @__PURE__ */ object(
  {
    Id: int32,
    ContactListId: int32,
    InvalidEmailCount: int32,
    InvalidSmsCount: int32,
    ProgressPercent: int32,
    CurrentStatus: nullable(string),
    StartDate: nullable(dateTime),
    FinishDate: nullable(dateTime),
    InsertedContacts: int32,
    UpdatedContacts: int32,
    DroppedContacts: int32,
    NotUpdatedContacts: int32,
    TotalContacts: int32,
  },
  {
    profile: datacontract,
    name: 'ImportJob',
    namespace: 'http://schemas.datacontract.org/2004/07/W50API.Models.DTO',
    nil: true,
  },
);
