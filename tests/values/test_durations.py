"""Durations: both texts, months, ticks."""

from __future__ import annotations

import datetime as dt
import pickle
import random

import pytest
from bindwright.runtime import Duration
from bindwright.runtime.values import durations
from hypothesis import given, settings
from hypothesis import strategies as st

BOTH = [
    ("PT0S", "00:00:00"), ("P400DT5H7S", "400.05:00:07"), ("-P1DT2H3M4.005S", "-1.02:03:04.0050000"),
    ("-P10675199DT2H48M5.4775808S", "-10675199.02:48:05.4775808"), ("PT1M30S", "00:01:30"),
    ("P10675199DT2H48M5.4775807S", "10675199.02:48:05.4775807"),
]  # fmt: skip


@pytest.mark.parametrize(("iso", "span"), BOTH)
def test_both_texts_stand_for_the_same(iso: str, span: str) -> None:
    for text, as_span in ((iso, False), (span, True)):
        value = durations.read_duration(text, span=as_span)
        assert durations.duration_text(value) == iso
        assert durations.timespan_text(value) == span
        assert durations.duration_text(pickle.loads(pickle.dumps(value))) == iso


@pytest.mark.parametrize(
    "text", ["P1Y2M", "PT36H", "P1W", "-P1M", "PT1.123456789S", "P1Y2M3DT4H5M6.7S", "PT1,5S"]
)
def test_other_spellings_are_kept(text: str) -> None:
    value = durations.read_duration(text)
    assert isinstance(value, Duration)
    assert durations.duration_text(value) == text
    assert durations.duration_text(pickle.loads(pickle.dumps(value))) == text


def test_months_count_thirty_days() -> None:
    value = durations.read_duration("P1Y2M")
    assert (value, durations.parts_of(value)) == (dt.timedelta(days=420), (14, 0))
    assert durations.duration_text(value + dt.timedelta()) == "P420D"
    assert durations.iso_text(1, -1) == "-P29DT23H59M59.9999999S"


@pytest.mark.parametrize(
    "text",
    ["", "P", "PT", "P1YT", "24:00:00", "P1", "1.2.3", "P99999999999D", "P1H", "-", "P" + "9" * 300 + "D"],
)
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        durations.read_duration(text)


def test_xml_schema_has_no_weeks() -> None:
    assert durations.xsd_duration_text(durations.read_duration("P2W")) == "P14D"


@settings(deadline=None)
@given(st.timedeltas())
def test_any_timedelta_comes_back(value: dt.timedelta) -> None:
    for text, span in ((durations.duration_text(value), False), (durations.timespan_text(value), True)):
        again = durations.read_duration(text, span=span)
        assert (type(again), again) == (dt.timedelta, value)


@settings(deadline=None)
@given(st.integers(-(1 << 63), (1 << 63) - 1))
def test_any_number_of_ticks_comes_back(ticks: int) -> None:
    for text in (durations.iso_text(ticks), durations.span_text(ticks)):
        assert durations.parts_of(durations.read_duration(text)) == (0, ticks)


def test_texts_that_a_timedelta_gives_back_are_read_as_all_others() -> None:
    """Canonical forms are told by an expression; what they are is what the general way says."""
    source = random.Random(0)
    numbers = (0, 1, 5, 9, 10, 19, 20, 23, 24, 50, 59, 60, 99)
    seconds = (
        "",
        "",
        "0S",
        "05S",
        "7S",
        "60S",
        "0.5S",
        "1.50S",
        "12.000001S",
        "3.1234567S",
        "59.9S",
        "7,5S",
        ".5S",
    )
    for _ in range(20_000):
        days, hours, minutes = (source.choice(["", f"{source.choice(numbers)}{unit}"]) for unit in "DHM")
        text = f"P{days}" + source.choice(["", "T", f"T{hours}{minutes}{source.choice(seconds)}"])
        try:
            full = durations.Duration.parse(text)
        except ValueError:
            full = None
        if full is None:
            with pytest.raises(ValueError, match="duration"):
                durations.read_duration(text)
            continue
        value = durations.read_duration(text)
        is_plain = full.ticks % 10 == 0 and durations.iso_text(full.ticks) == text
        assert (type(value) is dt.timedelta) == is_plain
        assert value == full
        assert durations.duration_text(value) == text
