"""A hand-written model of the reference pages' object, in the profile of the service."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from attrs import define, field
from bindwright.runtime import Model, root, wire

NAMESPACE = "http://schemas.datacontract.org/2004/07/W50API.Models.DTO"
PAGES = {page.stem: page.read_text() for page in sorted((Path(__file__).parent / "pages").glob("*.txt"))}


def sample(page: str) -> bytes:
    """The XML sample of a page, as printed."""
    match = re.search(r"<ImportJob .*</ImportJob>", PAGES[page])
    assert match is not None
    return match[0].encode()


@define(kw_only=True)
class ImportJob(Model):
    """An import job."""

    __wire__ = root("ImportJob", namespace=NAMESPACE, profile="datacontract")

    id: int = field(metadata=wire("Id", format="int32"))
    contact_list_id: int = field(metadata=wire("ContactListId", format="int32"))
    invalid_email_count: int = field(metadata=wire("InvalidEmailCount", format="int32"))
    invalid_sms_count: int = field(metadata=wire("InvalidSmsCount", format="int32"))
    progress_percent: int = field(metadata=wire("ProgressPercent", format="int32"))
    current_status: str | None = field(metadata=wire("CurrentStatus"))
    start_date: dt.datetime | None = field(metadata=wire("StartDate"))
    finish_date: dt.datetime | None = field(metadata=wire("FinishDate"))
    inserted_contacts: int = field(metadata=wire("InsertedContacts", format="int32"))
    updated_contacts: int = field(metadata=wire("UpdatedContacts", format="int32"))
    dropped_contacts: int = field(metadata=wire("DroppedContacts", format="int32"))
    not_updated_contacts: int = field(metadata=wire("NotUpdatedContacts", format="int32"))
    total_contacts: int = field(metadata=wire("TotalContacts", format="int32"))
