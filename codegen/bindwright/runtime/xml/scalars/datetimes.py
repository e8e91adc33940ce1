"""Date-times as most servers write them, read and written in less time; the values are those of `times`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from bindwright.runtime.compile.accelerator import xml_documents
from bindwright.runtime.values.known_times import remembered
from bindwright.runtime.values.times import (
    SEVENTH,
    DateTime,
    canonical_datetime,
    read_datetime,
    xsd_datetime_text,
)

_C = xml_documents()
_quick = None if _C is None else _C.moment
BLANK = " \t\r\n"


def read_moment(text: str) -> dt.datetime:
    """`read_datetime` of any text.

    Raises:
        ValueError: not a date-time.
    """
    return read_datetime(text.strip(BLANK))


def known_moments() -> tuple[list[DateTime], Callable[[str], dt.datetime]]:
    """`remembered` of one place of XML: its last date-time, and what reads another one and puts it there."""
    cell, fresh = remembered(read_moment)
    if _quick is None:
        return cell, fresh
    quick = _quick

    def read(text: str) -> dt.datetime:
        value: dt.datetime | None = quick(text)
        if value is None:
            return fresh(text)
        if value.__class__ is DateTime:
            cell[0] = value
        return value

    return cell, read


def moment_text(value: dt.datetime) -> str:
    """`xsd_datetime_text`.

    Raises:
        TypeError: not a date-time.
    """
    if value.__class__ is DateTime:
        xsd_text: str | None = getattr(value, "_xsd", None)
        if xsd_text is not None:
            return xsd_text
        text: str = getattr(value, "_text", "")
        if text[26:] in SEVENTH and text[7:20:3] == "-T::." and text[17:19] != "60":
            return text
    if value.__class__ is dt.datetime:
        return canonical_datetime(value)  # which XML Schema allows always
    if not isinstance(value, dt.datetime):
        raise TypeError(f"{type(value).__name__} where datetime belongs")
    return xsd_datetime_text(value)
