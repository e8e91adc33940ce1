"""ImportJob."""

from __future__ import annotations

import datetime as dt

from attrs import define, field
from bindwright.runtime import Model, root, wire


@define(kw_only=True)
class ImportJob(Model):
    """Status of the Import Job"""

    __wire__ = root(
        "ImportJob",
        namespace="http://schemas.datacontract.org/2004/07/W50API.Models.DTO",
        profile="datacontract",
    )

    id: int = field(metadata=wire("Id", format="int32"))
    """The Id of the ImportJob"""

    contact_list_id: int = field(metadata=wire("ContactListId", format="int32"))
    """The ContactList this ImportJob is attached to"""

    invalid_email_count: int = field(metadata=wire("InvalidEmailCount", format="int32"))
    """The number of Invalid Emails Addresses found by this Import Job"""

    invalid_sms_count: int = field(metadata=wire("InvalidSmsCount", format="int32"))
    """The number of Invalid TextMessage Numbers found by this ImportJob"""

    progress_percent: int = field(metadata=wire("ProgressPercent", format="int32"))
    """The completion percent of this Import Job"""

    current_status: str | None = field(metadata=wire("CurrentStatus"))
    """The current status of this Import Job"""

    start_date: dt.datetime | None = field(metadata=wire("StartDate"))
    """When this ImportJob Started"""

    finish_date: dt.datetime | None = field(metadata=wire("FinishDate"))
    """When this ImportJob finished"""

    inserted_contacts: int = field(metadata=wire("InsertedContacts", format="int32"))
    """How many new contacts were created as part of the ImportJob"""

    updated_contacts: int = field(metadata=wire("UpdatedContacts", format="int32"))
    """How many existing contacts were updated as part of the ImportJob"""

    dropped_contacts: int = field(metadata=wire("DroppedContacts", format="int32"))
    """How many existing contacts were deleted as part of the ImportJob"""

    not_updated_contacts: int = field(
        metadata=wire("NotUpdatedContacts", format="int32"),
    )
    """How many existing contacts where NOT updated as part of the ImportJob"""

    total_contacts: int = field(metadata=wire("TotalContacts", format="int32"))
    """The Total number of contacts Inserted/Updated as part of this ImportJob"""
