"""What the accelerator makes of texts, and what it writes, is what Python does, digit by digit; anything else is left to it."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal

import pytest
from bindwright.runtime.compile import accelerator
from bindwright.runtime.values import durations, scalar_texts, times
from bindwright.runtime.values.times import DateTime
from bindwright.runtime.xml.scalars import binary, datetimes, numbers

TEXTS, XML = accelerator.texts(), accelerator.xml_documents()
pytestmark = pytest.mark.skipif(TEXTS is None, reason="the accelerator is not installed, or switched off")
SIGNS = "PT0123456789DHMSYW.,-+ :Z"


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python alone."""
    monkeypatch.setattr(durations, "_QUICK", None)
    monkeypatch.setattr(times, "_QUICK", None)
    monkeypatch.setattr(numbers, "_quick", None)


def _changed(text: str, source: random.Random) -> str:
    at = source.randrange(len(text) + 1)
    return (
        text[:at]
        + source.choice(["", source.choice(SIGNS), source.choice(SIGNS) * 2])
        + text[at + source.randrange(2) :]
    )


def test_durations(slowly: None) -> None:
    source, read = random.Random(1), 0
    for _ in range(4000):
        value = dt.timedelta(
            source.choice([0, 1, -1, source.randrange(10**6)]), source.choice([0, 59, 60, 3600, source.randrange(86400)]),
            source.choice([0, 0, 500000, source.randrange(10**6)]),
        )  # fmt: skip
        text = durations.duration_text(value)
        assert TEXTS.write_duration(value) == (text if value.days >= 0 else None)
        for spelling in (text, _changed(text, source)):
            quick = TEXTS.read_duration(spelling)
            if quick is not None:
                expected = durations.read_duration(spelling)
                assert (type(quick), quick) == (type(expected), expected), spelling
                read += 1
    assert read > 3000
    for other in (durations.Duration.parse("P1Y"), durations.TimeSpan(1), 1, None, "P1D"):
        assert TEXTS.write_duration(other) is None
    assert [
        TEXTS.read_duration(text) for text in ("P1D\u0660", "", "P", "PT", "PT0S", "P0D", "P1DT", None)
    ] == [None] * 8


def test_date_times(slowly: None) -> None:
    source = random.Random(2)
    zones = [
        None,
        dt.UTC,
        dt.timezone(dt.timedelta(0), "x"),
        *(dt.timezone(dt.timedelta(minutes=m)) for m in (-1439, -1, 1, 330, 1439)),
    ]
    for _ in range(4000):
        value = dt.datetime(
            source.randrange(1, 10000), source.randrange(1, 13), source.randrange(1, 29), source.randrange(24), source.randrange(60),
            source.randrange(60), source.choice([0, 5, 500000, source.randrange(10**6)]), source.choice(zones), fold=source.randrange(2),
        )  # fmt: skip
        text = times.canonical_datetime(value)
        assert TEXTS.write_moment(value) == text
        for spelling in (text, _changed(text, source)):
            if (quick := XML.moment(spelling)) is not None:
                expected = datetimes.read_moment(spelling)
                assert (type(quick), repr(quick), times.datetime_text(quick)) == (
                    type(expected),
                    repr(expected),
                    times.datetime_text(expected),
                )
    odd = dt.timezone(dt.timedelta(seconds=61))
    for other in (
        dt.datetime(1, 1, 1, tzinfo=odd),
        DateTime(1, 1, 1),
        dt.date(1, 1, 1),
        dt.datetime(1, 1, 1, tzinfo=Zone()),
    ):
        assert TEXTS.write_moment(other) is None


class Zone(dt.tzinfo):
    """A zone of a class of its own."""

    def utcoffset(self, moment: dt.datetime | None) -> dt.timedelta:
        return dt.timedelta(hours=1)


def test_decimals(slowly: None) -> None:
    source, read = random.Random(3), 0
    for _ in range(4000):
        text = str(
            Decimal(source.randrange(-(10 ** source.randrange(1, 20)), 10**18)).scaleb(-source.randrange(8))
        )
        for spelling in (text, _changed(text, source)):
            if (quick := XML.decimal(spelling)) is not None:
                assert str(quick) == str(numbers.read_decimal(spelling))
                read += 1
    assert read > 3000
    assert [
        XML.decimal(text) for text in ("", "-", ".", "1.", ".1", "+1", "1e3", "NaN", "1" * 61, "\u0661", None)
    ] == [None] * 11


def test_times(slowly: None) -> None:
    source = random.Random(4)
    for _ in range(1000):
        zone = source.choice([None, dt.UTC, dt.timezone(dt.timedelta(hours=1))])
        value = dt.time(
            source.randrange(24), source.randrange(60), source.randrange(60), source.choice([0, 5, 500000, source.randrange(10**6)]), zone
        )  # fmt: skip
        text = TEXTS.write_time(value)
        assert text == (times.canonical_time(value) if zone in (None, dt.UTC) else None)
    assert [TEXTS.write_time(other) for other in (None, times.Time(1, 2), dt.datetime(1, 1, 1))] == [None] * 3


def test_base64url(slowly: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scalar_texts, "_QUICK", None)
    source, read = random.Random(5), 0
    for _ in range(3000):
        octets = source.randbytes(source.randrange(12))
        text = scalar_texts.base64url_text(octets)
        assert TEXTS.write_base64url(octets) == text
        assert TEXTS.read_base64url(text) == octets
        at = source.randrange(len(text) + 1)
        changed = (
            text[:at]
            + source.choice(["", "=", "==", "+", "/", "-", "_", " ", "A", "*", "é"])
            + text[at + source.randrange(2) :]
        )
        if (quick := TEXTS.read_base64url(changed)) is not None:
            assert quick == scalar_texts.parse_base64url(changed) == binary.read_base64url(changed), changed
            read += 1
    assert read > 1000
    assert TEXTS.read_base64url("AB") is None  # bits that are left over
