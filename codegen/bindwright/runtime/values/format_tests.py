"""Whether texts and integers are of a format: also of those that a Python type tells (JSON Schema 2020-12, 7.3)."""

from __future__ import annotations

import binascii
import datetime as dt
import ipaddress
import re
from collections.abc import Callable
from typing import Any

from bindwright.runtime.values.formats import FORMATS
from bindwright.runtime.values.scalar_texts import parse_base64, parse_uuid
from bindwright.standards.numbers import RANGES

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_OFFSET = r"([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)?"
_DATE_TIME = re.compile(rf"\d{{4}}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?{_OFFSET}", re.ASCII)
_TIME = re.compile(rf"([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?{_OFFSET}", re.ASCII)
_DURATION = re.compile(
    r"-?P(?=.)(\d+(\.\d+)?Y)?(\d+(\.\d+)?M)?(\d+(\.\d+)?W)?(\d+(\.\d+)?D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?",
    re.ASCII,
)


def fits(name: str, value: Any) -> bool:
    """Whether a value is of a format; True for formats that are not known here."""
    # A number without a fraction is an integer, however it is written (JSON Schema 2020-12, 6.1.1): 1e20 is no int32.
    if isinstance(value, int | float) and not isinstance(value, bool) and name in RANGES:
        return RANGES[name][0] <= value <= RANGES[name][1]
    test = _TESTS.get(name) or FORMATS.get(name)
    return test is None or not isinstance(value, str) or _succeeds(test, value)


def _succeeds(test: Callable[[str], Any], value: str) -> bool:
    try:
        return test(value) not in (None, False)
    except (ValueError, binascii.Error):
        return False


def _date_time(text: str) -> object:
    match = _DATE_TIME.fullmatch(text)
    clock = text[11:17] + "59" if text[17:19] == "60" else text[11:19]  # a leap second (RFC 3339, 5.7)
    return dt.datetime.fromisoformat(f"{_in_range(text[:10])}T{clock}") if match else None


def _date(text: str) -> object:
    return dt.date.fromisoformat(_in_range(text)) if _DATE.fullmatch(text) else None


def _in_range(date: str) -> str:
    """A date of the year 0, which RFC 3339 has (5.6, 1) and Python has not, in another leap year."""
    return "2000" + date[4:] if date.startswith("0000-") else date


_TESTS: dict[str, Callable[[str], Any]] = {
    "date-time": _date_time,
    "DateTimeOffset": _date_time,
    "date": _date,
    "time": _TIME.fullmatch,
    "duration": _DURATION.fullmatch,
    "uuid": parse_uuid,
    "byte": parse_base64,
    "base64": parse_base64,
    "ipv4": ipaddress.IPv4Address,
    "ipv6": ipaddress.IPv6Address,
    "decimal": re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII).fullmatch,
}
