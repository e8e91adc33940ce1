"""Dates and times that keep what Python's own types cannot hold.

Reading gives a plain ``datetime.datetime`` (``date``, ``time``, ``timedelta``) wherever writing it in
canonical form gives back the same text, and else a subclass that carries the text: seven or more
fraction digits, trailing zeros, ``+00:00`` for ``Z``, lower-case ``t`` and ``z``, ``24:00:00``, second 60.
Equality, hash and arithmetic are those of the base class; ``replace()`` and arithmetic give values
without a text, which are written canonically.

Canonical form (docs/decisions/0003-times.md): RFC 3339 with up to seven fraction digits and no trailing
zeros, as .NET writes it; ``Z`` for UTC; no offset for a naive value.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from typing import Any, Self, TypeVar

from bindwright.runtime.compile.accelerator import texts
from bindwright.runtime.values.quick_texts import utc_text

TICKS = 10_000_000
"""Ticks of .NET (100 ns) in a second."""

_DATE = r"(?P<date>\d{4}-\d\d-\d\d)"
_CLOCK = r"(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d++))?)?"
_OFFSET = r"(?P<offset>[Zz]|[+-]\d\d(?::?\d\d(?::\d\d)?)?)?"
_match_datetime = re.compile(rf"{_DATE}(?:[Tt ]{_CLOCK})?{_OFFSET}", re.ASCII).fullmatch
_match_time = re.compile(_CLOCK + _OFFSET, re.ASCII).fullmatch
_match_date = re.compile(rf"{_DATE}{_OFFSET}", re.ASCII).fullmatch
_match_strict = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d++)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII
).fullmatch
from_iso = dt.datetime.fromisoformat
_UTC = dt.UTC
_QUICK = texts()
state_of: Any = dt.datetime.__reduce__
"""With its result a subclass is made faster than by the subclass's own ``fromisoformat``."""


class DateTime(dt.datetime):
    """A ``datetime`` that remembers the text it was read from."""

    __slots__ = ("_text", "_xsd")
    _text: str
    _xsd: str
    """The same, where reading showed that XML Schema spells it so."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """A value that is written as ``text`` again.

        Raises:
            ValueError: not a date-time of RFC 3339 or XML Schema 1.1 part 2, 3.3.7, or out of Python's range.
        """
        value = _parse_odd(cls, text)
        value._text = text
        return value

    @property
    def text(self) -> str:
        """The text it is written as."""
        try:
            return self._text
        except AttributeError:
            return canonical_datetime(self)

    @property
    def ticks(self) -> int:
        """Ticks (100 ns, .NET's unit) after the full second, digits past the seventh cut off."""
        digits = fraction_of(self.text)
        return int(digits[:7].ljust(7, "0")) if digits else 0

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        try:
            return type(self).parse, (self._text,)
        except AttributeError:
            return super().__reduce_ex__(protocol)  # type: ignore[return-value]


class Date(dt.date):
    """A ``date`` that remembers the text it was read from: XML Schema's may carry an offset."""

    __slots__ = ("_text",)
    _text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """A value that is written as ``text`` again.

        Raises:
            ValueError: not a date of RFC 3339 or XML Schema 1.1 part 2, 3.3.9.
        """
        if (match := _match_date(text)) is None:
            raise ValueError(f"not a date: {text!r}")
        value = cls.fromisoformat(match["date"])
        value._text = text
        return value

    @property
    def text(self) -> str:
        """The text it is written as."""
        try:
            return self._text
        except AttributeError:
            return self.isoformat()

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self).parse, (self.text,)


class Time(dt.time):
    """A ``time`` that remembers the text it was read from."""

    __slots__ = ("_text",)
    _text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """A value that is written as ``text`` again.

        Raises:
            ValueError: not a time of RFC 3339 or XML Schema 1.1 part 2, 3.3.8.
        """
        if (match := _match_time(text)) is None:
            raise ValueError(f"not a time: {text!r}")
        hour, minute, second, micro, _ = _clock(match)
        value = cls(hour, minute, second, micro, _zone(match["offset"]))
        value._text = text
        return value

    @property
    def text(self) -> str:
        """The text it is written as."""
        try:
            return self._text
        except AttributeError:
            return canonical_time(self)

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        return type(self).parse, (self.text,)


def read_datetime(text: str) -> dt.datetime:
    """The value of a date-time's text, plain where that loses nothing.

    Raises:
        ValueError: see `DateTime.parse`.
    """
    try:
        # fromisoformat() passes over what follows a sixth fraction digit: that must be looked at here
        if text[26:] in SEVENTH and text[7:20:3] == "-T::.":
            value = DateTime(*state_of(from_iso(text))[1])
            value._text = value._xsd = text
            return value
        layout = _LAYOUTS.get(text.encode().translate(_DIGITS))
        if layout is None or (READS_24 and text[11:13] == "24"):
            return DateTime.parse(text)
        if layout == _PLAIN:
            return from_iso(text)
        if layout == _ASK and _is_canonical(text):
            return from_iso(text)
        value = DateTime(*state_of(from_iso(text))[1])
        value._text = text
        if layout != _KEPT and text[-2] > "5" and text[-6] in "+-":
            raise ValueError(f"not an offset: {text!r}")
        return value
    except ValueError:  # second 60, and what is no date-time
        return DateTime.parse(text)


_PLAIN, _KEPT, _ZONED, _ASK = range(4)
READS_24 = sys.version_info >= (3, 14)
"""Whether ``fromisoformat`` reads 24:00:00 as the next day, whose text must be kept."""


def _layouts() -> dict[bytes, int]:
    """Layouts (each digit a 0), and whether that alone tells that the text must be kept."""
    layouts: dict[bytes, int] = {}
    for digits in range(13):
        start = b"0000-00-00T00:00:00" + (b"." + b"0" * digits if digits else b"")
        local = _KEPT if digits > 6 else _ASK if digits else _PLAIN
        layouts |= {start: local, start + b"Z": local}
        layouts |= {start + sign + b"00:00": _ZONED if digits > 6 else _ASK for sign in (b"+", b"-")}
    return layouts


_DIGITS = bytes.maketrans(b"123456789", b"000000000")
_LAYOUTS = _layouts()
SEVENTH = frozenset(digit + zone for digit in "0123456789" for zone in ("Z", "+00:00"))
"""What follows six fraction digits in the layout that .NET writes."""


def _is_canonical(text: str) -> bool:
    """Whether a date-time of at most six fraction digits is written so again."""
    if text[-6] in "+-":
        return "0" <= text[-2] <= "5" and text[-5:] != "00:00" and (text[19] != "." or text[-7] != "0")
    return text.rstrip("Z")[-1] != "0"


def read_date(text: str) -> dt.date:
    """The value of a date's text, plain where that loses nothing.

    Raises:
        ValueError: see `Date.parse`.
    """
    if len(text) == 10 and text[4] == text[7] == "-" and text.isascii():
        return dt.date.fromisoformat(text)
    return Date.parse(text)


def read_time(text: str) -> dt.time:
    """The value of a time's text, plain where that loses nothing.

    Raises:
        ValueError: see `Time.parse`.
    """
    if (
        text[2:3] == text[5:6] == ":"
        and text[:2] < "24"
        and (len(text) == 8 or (len(text) == 9 and text[8] == "Z"))
    ):
        try:
            return dt.time.fromisoformat(text)  # in whole seconds, and without an offset or in UTC
        except ValueError:
            pass
    value = Time.parse(text)
    if canonical_time(value) != text:
        return value
    return dt.time(value.hour, value.minute, value.second, value.microsecond, value.tzinfo)


def datetime_text(value: dt.datetime) -> str:
    """The text a date-time is written as: its own, else the canonical one."""
    try:
        return value._text  # type: ignore[attr-defined, no-any-return]
    except AttributeError:
        return canonical_datetime(value)


def date_text(value: dt.date) -> str:
    """The text a date is written as."""
    return value.text if type(value) is Date else value.isoformat()[:10]


def time_text(value: dt.time) -> str:
    """The text a time is written as: its own, else the canonical one."""
    if type(value) is dt.time:
        return canonical_time(value)
    try:
        return value._text  # type: ignore[attr-defined, no-any-return]
    except AttributeError:
        return canonical_time(value)


def xsd_datetime_text(value: dt.datetime) -> str:
    """The same, where a text that XML Schema does not allow (``t``, a blank, ``+0100``) is respelt."""
    text = datetime_text(value)
    if text[10:11] == "T" and text[17:19] != "60" and _match_strict(text) is not None:
        return text
    digits = fraction_of(text)
    head, offset = split_offset(canonical_datetime(value))
    return head.partition(".")[0] + (f".{digits}" if digits else "") + offset


def canonical_datetime(value: dt.datetime) -> str:
    """RFC 3339, ``Z`` for UTC, no trailing zeros, whatever text the value carries."""
    zone = value.tzinfo
    if zone is _UTC and value.__class__ is dt.datetime:
        return utc_text(value)
    if _QUICK is not None and (quick := _QUICK.write_moment(value)) is not None:
        return str(quick)
    text = value.isoformat()
    if zone is _UTC:
        return text[:-6].rstrip("0") + "Z" if value.microsecond else text[:-6] + "Z"
    if zone is None:
        return text.rstrip("0") if value.microsecond else text
    head, offset = split_offset(text)
    if len(offset) > 6:  # an offset with seconds has no form in RFC 3339: the same instant in whole minutes
        minutes = round(value.utcoffset().total_seconds() / 60)  # type: ignore[union-attr]
        return canonical_datetime(value.astimezone(dt.timezone(dt.timedelta(minutes=minutes))))
    if value.microsecond:
        head = head.rstrip("0")
    return head + ("Z" if offset == "+00:00" else offset)


def canonical_time(value: dt.time) -> str:
    """``hh:mm:ss[.ffffff][offset]`` without trailing zeros, ``Z`` for UTC."""
    if _QUICK is not None and (quick := _QUICK.write_time(value)) is not None:
        return str(quick)
    text = value.isoformat()
    if value.tzinfo is _UTC:
        return (text[:-6].rstrip("0") if value.microsecond else text[:-6]) + "Z"
    position = max(text.find("+"), text.find("-"))
    head, offset = (text, "") if position < 0 else (text[:position], text[position:])
    if value.microsecond:
        head = head.rstrip("0")
    return head + ("Z" if offset == "+00:00" else offset)


def split_offset(text: str) -> tuple[str, str]:
    """A date-time's text before its offset, and the offset (``""`` for none)."""
    if text[-1:] in ("Z", "z"):
        return text[:-1], text[-1:]
    position = max(text.rfind("+"), text.rfind("-", 11))
    return (text, "") if position < 0 else (text[:position], text[position:])


def fraction_of(text: str) -> str:
    """The digits after the point of the seconds, as written."""
    if len(text) < 20 or text[19] not in ".,":
        return ""
    digits = split_offset(text)[0][20:]
    return digits if digits.isdecimal() else ""


_Moment = TypeVar("_Moment", bound=dt.datetime)


def _parse_odd(cls: type[_Moment], text: str) -> _Moment:
    match = _match_datetime(text)
    if match is None:
        raise ValueError(f"not a date-time: {text!r}")
    year, month, day = map(int, match["date"].split("-"))
    if match["hour"] is None:  # as .NET reads it; offsets without a colon would make dates of other texts
        if len(match["offset"] or "") not in (0, 1, 6):
            raise ValueError(f"not a date-time: {text!r}")
        return cls(year, month, day, tzinfo=_zone(match["offset"]))
    hour, minute, second, micro, carry = _clock(match)
    value = cls(year, month, day, hour, minute, second, micro, _zone(match["offset"]))
    try:
        return value + carry if carry else value
    except OverflowError:
        raise ValueError(f"outside the years 1 to 9999: {text!r}") from None


def _clock(match: re.Match[str]) -> tuple[int, int, int, int, dt.timedelta]:
    """Hour, minute, second, microsecond, and what is to be added: a day for 24:00, a second for :60."""
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    micro = int((match["fraction"] or "0")[:6].ljust(6, "0"))
    if hour == 24 and minute == second == micro == 0:
        return 0, 0, 0, 0, dt.timedelta(days=1)
    if second == 60:
        return hour, minute, 59, micro, dt.timedelta(seconds=1)
    return hour, minute, second, micro, dt.timedelta()


def _zone(text: str | None) -> dt.tzinfo | None:
    if not text:
        return None
    if text in "Zz":
        return dt.UTC
    digits = text[1:].replace(":", "")
    hours, minutes, seconds = int(digits[:2]), int(digits[2:4] or 0), int(digits[4:6] or 0)
    if minutes > 59 or seconds > 59:
        raise ValueError(f"not an offset: {text!r}")
    offset = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return dt.timezone(-offset if text[0] == "-" else offset)
