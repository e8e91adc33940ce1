"""Date-times as most servers write them, read and written in less time; the values are those of `times`."""

from __future__ import annotations

import datetime as dt
import re

from bindwright.runtime.times import DateTime, read_datetime, xsd_datetime_text

MOMENT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?!24)[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9}+)?+(?:Z|[-+][0-9]{2}:[0-9]{2})?+"
"""A date-time as nearly every server writes it."""

_from_iso = dt.datetime.fromisoformat
_state = dt.datetime.__reduce__
"""With its result a subclass is made faster than by the subclass's own ``fromisoformat``."""
_match = re.compile(MOMENT).fullmatch
BLANK = " \t\r\n"


def quick_datetime(text: str) -> dt.datetime:
    """`read_datetime` of a text that `MOMENT` matches: ``+00:00`` is never canonical, so it is remembered."""
    if text[-6:] == "+00:00":
        value = DateTime(*_state(_from_iso(text))[1])
        value._text = text
        return value
    return read_datetime(text)


def read_moment(text: str) -> dt.datetime:
    """`read_datetime` of any text.

    Raises:
        ValueError: not a date-time.
    """
    if text[-6:] == "+00:00" and _match(text) is not None:
        return quick_datetime(text)
    return read_datetime(text.strip(BLANK))


def moment_text(value: dt.datetime) -> str:
    """`xsd_datetime_text`.

    Raises:
        TypeError: not a date-time.
    """
    if value.__class__ is DateTime:
        text = value.text
        if (
            text[-6:] == "+00:00"
            and text[10] == "T"
            and text[13] == text[16] == ":"
            and text[19] in ".+"
            and text[17:19] != "60"
        ):
            return text
    if not isinstance(value, dt.datetime):
        raise TypeError(f"{type(value).__name__} where datetime belongs")
    return xsd_datetime_text(value)
