"""Durations: XML Schema's and ISO 8601's, and .NET's TimeSpan.

Two texts stand for a duration: ``P400DT5H7S`` (``format: duration``; every XML) and
``400.05:00:07`` (TimeSpan as Newtonsoft writes it in JSON, profile ``datacontract``).
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Self

from bindwright.runtime.compile.accelerator import texts

TICKS = 10_000_000
"""Ticks of .NET (100 ns) in a second."""

_DAY = 86_400 * TICKS
_match_iso = re.compile(
    r"(-)?P(?=[\dT])(?:(\d++)Y)?(?:(\d++)M)?(?:(\d++)W)?(?:(\d++)D)?"
    r"(?:T(?=\d)(?:(\d++)H)?(?:(\d++)M)?(?:(\d++)(?:[.,](\d++))?S)?)?",
    re.ASCII,
).fullmatch
_match_span = re.compile(r"(-)?(?:(\d++)\.)?(\d\d?):(\d\d):(\d\d)(?:\.(\d{1,7}))?", re.ASCII).fullmatch
_match_canonical = re.compile(
    r"P(?=[1-9T])(?:([1-9][0-9]{0,5})D)?(?:T(?=[0-9])(?:([1-9]|1[0-9]|2[0-3])H)?(?:([1-9]|[1-5][0-9])M)?"
    r"(?:([1-9]|[1-5][0-9])S|([0-9]|[1-5][0-9])\.([0-9]{0,5}[1-9])S)?)?"
).fullmatch
"""What `iso_text` writes for a positive ``timedelta``: nothing of the text has to be kept."""
_MOST_DIGITS = 20
_QUICK = texts()


class Duration(dt.timedelta):
    """A ``timedelta`` that keeps months, ticks of 100 ns and the text it was read from.

    Its value as a ``timedelta`` counts a month as 30 days, as .NET does when it reads one.
    """

    __slots__ = ("_text", "months", "ticks")
    months: int
    """Years and months, in months; negative in a negative duration."""
    ticks: int
    """Days and times, in units of 100 ns."""
    _text: str | None

    def __new__(cls, *args: Any, **kwargs: Any) -> Self:
        value = super().__new__(cls, *args, **kwargs)
        value.months, value.ticks, value._text = 0, _ticks(value), None
        return value

    @classmethod
    def of(cls, *, months: int = 0, ticks: int = 0, text: str | None = None) -> Self:
        """A duration of months and ticks.

        Raises:
            OverflowError: more days than a ``timedelta`` holds.
        """
        micros = abs(ticks) // 10 if ticks >= 0 else -(abs(ticks) // 10)
        value = super().__new__(cls, days=months * 30, microseconds=micros)
        value.months, value.ticks, value._text = months, ticks, text
        return value

    @classmethod
    def parse(cls, text: str) -> Self:
        """A value that is written as ``text`` again, from either form.

        Raises:
            ValueError: neither form, or out of range.
        """
        months, ticks = _parse(text)
        try:
            return cls.of(months=months, ticks=ticks, text=text)
        except OverflowError:
            raise ValueError(f"duration out of range: {text!r}") from None

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), self.months, self.ticks, self._text)


class TimeSpan(Duration):
    """A duration that JSON writes in .NET's form even where nothing but the value tells its type."""

    __slots__ = ()


def _again(cls: type[Duration], months: int, ticks: int, text: str | None) -> Duration:
    return cls.of(months=months, ticks=ticks, text=text)


def read_duration(text: str, *, span: bool = False) -> dt.timedelta:
    """The value of a duration's text (either form), plain where its canonical form gives the same text.

    ``span``: the canonical form of the place is the TimeSpan's.

    Raises:
        ValueError: neither form, or out of range.
    """
    if not span and _QUICK is not None and (value := _QUICK.read_duration(text)) is not None:
        plain: dt.timedelta = value
        return plain
    if not span and (match := _match_canonical(text)) is not None:
        days, hours, minutes, seconds, round_seconds, fraction = match.groups("0")
        total = (int(hours) * 60 + int(minutes)) * 60 + int(seconds) + int(round_seconds)
        return dt.timedelta(int(days), total, int(fraction.ljust(6, "0")))
    value = Duration.parse(text)
    canonical = span_text(value.ticks) if span else iso_text(value.ticks)
    if value.months == 0 and value.ticks % 10 == 0 and text == canonical:
        return dt.timedelta(microseconds=value.ticks // 10)
    return value


def parts_of(value: dt.timedelta) -> tuple[int, int]:
    """Months and ticks."""
    return (value.months, value.ticks) if isinstance(value, Duration) else (0, _ticks(value))


def _ticks(value: dt.timedelta) -> int:
    return ((value.days * 86_400 + value.seconds) * 1_000_000 + value.microseconds) * 10


def duration_text(value: dt.timedelta) -> str:
    """ISO 8601: its own text where that is ISO, else the canonical one (XML Schema 1.1 part 2, 3.3.6)."""
    if _QUICK is not None and (canonical := _QUICK.write_duration(value)) is not None:
        return str(canonical)
    text = getattr(value, "_text", None)
    if text is not None and "P" in text:
        return str(text)
    months, ticks = parts_of(value)
    return iso_text(ticks, months)


def xsd_duration_text(value: dt.timedelta) -> str:
    """The same, respelt where XML Schema has no such form (weeks, a comma)."""
    text = duration_text(value)
    if "W" not in text and "," not in text:
        return text
    months, ticks = parts_of(value)
    return iso_text(ticks, months)


def timespan_text(value: dt.timedelta) -> str:
    """``[-][d.]hh:mm:ss[.fffffff]``: its own text where that is one, else .NET's form "c"."""
    text = getattr(value, "_text", None)
    if text is not None and "P" not in text:
        return str(text)
    months, ticks = parts_of(value)
    return span_text(ticks + months * 30 * _DAY)


def iso_text(ticks: int, months: int = 0) -> str:
    """``[-]P[nY][nM][nD][T[nH][nM][n[.f]S]]``; days are not folded into months; zero is ``PT0S``."""
    if ticks == 0 and months == 0:
        return "PT0S"
    if ticks * months < 0:  # mixed signs have no form: days take the months' part
        ticks, months = ticks + months * 30 * _DAY, 0
    sign = "-" if ticks < 0 or months < 0 else ""
    years, months = divmod(abs(months), 12)
    days, rest = divmod(abs(ticks), _DAY)
    seconds, fraction = divmod(rest, TICKS)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{years}Y" if years else ""
    text += f"{months}M" if months else ""
    text += f"{days}D" if days else ""
    if hours or minutes or seconds or fraction:
        text += "T"
        text += f"{hours}H" if hours else ""
        text += f"{minutes}M" if minutes else ""
        if fraction:
            text += f"{seconds}.{fraction:07}".rstrip("0") + "S"
        elif seconds:
            text += f"{seconds}S"
    return f"{sign}P{text}"


def span_text(ticks: int) -> str:
    """.NET's form "c": days before a point, seven fraction digits or none."""
    days, rest = divmod(abs(ticks), _DAY)
    seconds, fraction = divmod(rest, TICKS)
    text = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    head = ("-" if ticks < 0 else "") + (f"{days}." if days else "")
    return head + text + (f".{fraction:07}" if fraction else "")


def _parse(text: str) -> tuple[int, int]:
    if len(text) > 200:
        raise ValueError("not a duration: too long")
    if (match := _match_iso(text)) is not None:
        sign, years, months, weeks, days, hours, minutes, seconds, fraction = match.groups("")
        count = _number(years) * 12 + _number(months)
        total = ((_number(weeks) * 7 + _number(days)) * 24 + _number(hours)) * 60 + _number(minutes)
    elif (match := _match_span(text)) is not None:
        sign, days, hours, minutes, seconds, fraction = match.groups("")
        if int(hours) > 23 or int(minutes) > 59 or int(seconds) > 59:
            raise ValueError(f"not a duration: {text!r}")
        count, total = 0, (_number(days) * 24 + int(hours)) * 60 + int(minutes)
    else:
        raise ValueError(f"not a duration: {text!r}")
    ticks = (total * 60 + _number(seconds)) * TICKS + int(fraction[:7].ljust(7, "0") or 0)
    return (-count, -ticks) if sign else (count, ticks)


def _number(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise ValueError("duration out of range")
    return int(digits or 0)
