"""Date-times as most servers write them, read and written in less time; the values are those of `times`."""

from __future__ import annotations

import datetime as dt

from bindwright.runtime.values.times import (
    SEVENTH,
    DateTime,
    canonical_datetime,
    read_datetime,
    xsd_datetime_text,
)

BLANK = " \t\r\n"


def read_moment(text: str) -> dt.datetime:
    """`read_datetime` of any text.

    Raises:
        ValueError: not a date-time.
    """
    return read_datetime(text.strip(BLANK))


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
