"""The documents that are read: the reference page's XML, the same as other servers may write it, and lists of it."""

from __future__ import annotations

import datetime as dt
import random

NAMESPACE = "http://schemas.datacontract.org/2004/07/W50API.Models.DTO"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
INTS = (
    "ContactListId", "DroppedContacts", "Id", "InsertedContacts", "InvalidEmailCount", "InvalidSmsCount",
    "NotUpdatedContacts", "ProgressPercent", "TotalContacts", "UpdatedContacts",
)  # fmt: skip
DATES = ("FinishDate", "StartDate")
NAMES = sorted((*INTS, *DATES, "CurrentStatus"))
MOMENT = "2025-11-24T10:45:01.4007824+00:00"
VALUES = {name: 1 if name in INTS else MOMENT if name in DATES else "sample string 2" for name in NAMES}
BODY = "".join(f"<{name}>{VALUES[name]}</{name}>" for name in NAMES)
DECLARED = f'xmlns:i="{XSI}" xmlns="{NAMESPACE}"'
DOCUMENT = f"<ImportJob {DECLARED}>{BODY}</ImportJob>".encode()


def deviating() -> dict[str, bytes]:
    """The same document as other servers may write it: what no layout that was seen before fits."""
    parts = [f"<{name}>{VALUES[name]}</{name}>" for name in NAMES]
    prefixed = "".join(f"<q:{name}>{VALUES[name]}</q:{name}>" for name in NAMES)
    declared = f'xmlns:i="{XSI}" xmlns:q="{NAMESPACE}"'
    return {
        "another order": f"<ImportJob {DECLARED}>{''.join(reversed(parts))}</ImportJob>".encode(),
        "a prefix": f"<q:ImportJob {declared}>{prefixed}</q:ImportJob>".encode(),
        "a reference": DOCUMENT.replace(b"sample", b"s&#97;mple"),
        "a comment": DOCUMENT.replace(b"<Id>", b"<!-- the job --><Id>"),
        "a section": DOCUMENT.replace(b">sample string 2<", b"><![CDATA[sample string 2]]><"),
        "an unknown element": DOCUMENT.replace(b"<Id>", b"<Owner>someone</Owner><Id>"),
    }


def varied(count: int) -> list[bytes]:
    """Documents whose values differ from one to the next, so that nothing can be known again."""
    source = random.Random(0)
    documents = []
    for _ in range(count):
        values = {name: str(source.randrange(1_000_000)) for name in INTS}
        moment = dt.datetime(2020, 1, 1) + dt.timedelta(seconds=source.randrange(10**8))
        values |= {
            name: f"{moment:%Y-%m-%dT%H:%M:%S}.{source.randrange(10**6, 10**7)}+00:00" for name in DATES
        }
        values["CurrentStatus"] = f"status {source.random()}"
        body = "".join(f"<{name}>{values[name]}</{name}>" for name in NAMES)
        documents.append(f"<ImportJob {DECLARED}>{body}</ImportJob>".encode())
    return documents


def many(count: int) -> bytes:
    """A list of so many jobs."""
    items = f"<ImportJob>{BODY}</ImportJob>" * count
    return f"<ArrayOfImportJob {DECLARED}>{items}</ArrayOfImportJob>".encode()
