"""Date-times, dates and times keep their text, and plain types are used wherever that loses nothing."""

from __future__ import annotations

import contextlib
import copy
import datetime as dt
import json as stdlib
import pickle

import pytest
from bindwright.runtime import Date, DateTime, DecodeError, Time, json
from bindwright.runtime.values import known_times, times
from bindwright.runtime.xml.scalars.datetimes import moment_text
from hypothesis import given, settings
from hypothesis import strategies as st

UTC = dt.UTC

PLAIN = [
    "2025-11-24T10:45:01Z", "2025-11-24T10:45:01.1Z", "2025-11-24T10:45:01.123456Z", "2025-11-24T10:45:01",
    "2025-11-24T10:45:01-04:00", "0001-01-01T00:00:00", "2025-01-15T08:30:00.5+05:30",
]  # fmt: skip
KEPT = [
    "2025-11-24T10:45:01.4007824+00:00", "2025-11-24T10:45:01.10Z", "2025-11-24T10:45:01.1234567Z",
    "2025-11-24T10:45:01+00:00", "2025-11-24T10:45:01-00:00", "2025-11-24t10:45:01z", "2025-11-24 10:45:01",
    "2025-11-24T10:45", "2025-11-24", "2025-11-24Z", "2025-11-24-05:00", "2025-11-24T24:00:00", "2025-11-24T23:59:60Z",
    "2025-11-24T10:45:01+0100", "2025-11-24T10:45:01+01:00:30", "9999-12-31T23:59:59.9999999",
    "2025-11-24T10:45:01,5Z", "2016-12-31T23:59:60.1234567Z", "2016-12-31T23:59:60.1234567+00:00",
]  # fmt: skip
WRONG = [
    "", "x", "2025-13-24T10:45:01Z", "2025-02-30T10:45:01Z", "2025-W48-1T10:45:01Z", "2025-11-24T10:45:01.",
    "2025-11-24T10:45:01.Z", "2025-11-24T10:45:01+24:00", "2025-11-24T10:45:01 Z", "2025-11-24T25:00:00Z",
    "2025-11-24T10:45:01.4007824W+00:00", "2025-11-24T10:45:01.400782,4+00:00", "2025-11-24T10:45:01.400782\u0664Z",
    "2025-11-24T10:45:01.5+00:90", "2025-11-24T10:45:01.1234567+00:90", "2025-11-24T10:45:01.12345678901 Z", "20251124T104501Z",
    "9999-12-31T24:00:00", "2025-11-24-05", "2025-11-24+0500",
    "２０２５-11-24T10:45:01Z", "2025-11-24T10:45:01+01:00:30.5", "2025-11-24T10:45:01Z\n",
]  # fmt: skip


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_datetime_where_its_canonical_text_is_the_same(text: str) -> None:
    value = times.read_datetime(text)
    assert type(value) is dt.datetime
    assert times.datetime_text(value) == text
    assert value == DateTime.parse(text)


@pytest.mark.parametrize("text", KEPT)
def test_else_the_text_is_kept(text: str) -> None:
    value = times.read_datetime(text)
    assert type(value) is DateTime
    assert value.text == text == times.datetime_text(value)
    for again in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
        assert (type(again), again, again.text) == (DateTime, value, text)


REMEMBERING = known_times.remembering(times.read_datetime)


@given(st.sampled_from([*PLAIN, *KEPT]), st.lists(st.tuples(st.integers(0, 40), st.sampled_from("0123456789-+:.,TZtz W\u0664")), max_size=3), st.booleans())  # fmt: skip
@settings(max_examples=2000, deadline=None)
def test_the_short_ways_read_what_the_exact_one_reads(
    text: str, changes: list[tuple[int, str]], longer: bool
) -> None:
    for at, character in changes:
        text = text[:at] + character + text[at if longer else at + 1 :]
    exact: DateTime | None = None
    with contextlib.suppress(ValueError):
        exact = DateTime.parse(text)
    document = stdlib.dumps([text]).encode()
    if exact is None:
        for read in (times.read_datetime, REMEMBERING):
            with pytest.raises(ValueError, match=r"."):
                read(text)
        with pytest.raises(DecodeError):
            json.decode(document, list[dt.datetime])
        return
    for value in (
        times.read_datetime(text),
        REMEMBERING(text),
        REMEMBERING(text),
        json.decode(document, list[dt.datetime])[0],
    ):
        assert (value, value.utcoffset(), times.datetime_text(value)) == (exact, exact.utcoffset(), text)
        assert moment_text(value) == times.xsd_datetime_text(exact)


@pytest.mark.parametrize("text", WRONG)
def test_what_is_no_date_time(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        times.read_datetime(text)
    with pytest.raises(ValueError, match=r"."):
        DateTime.parse(text)


def test_values_of_odd_texts() -> None:
    assert times.read_datetime("2025-11-24T24:00:00") == dt.datetime(2025, 11, 25)
    assert times.read_datetime("2025-11-24T23:59:60Z") == dt.datetime(2025, 11, 25, tzinfo=UTC)
    assert times.read_datetime("2025-11-24T10:45:01,5Z").microsecond == 500_000
    assert DateTime.parse("2025-11-24T10:45:01.4007824Z").ticks == 4_007_824


def test_equal_and_hashed_as_a_datetime() -> None:
    kept = times.read_datetime("2025-11-24T10:45:01+00:00")
    plain = dt.datetime(2025, 11, 24, 10, 45, 1, tzinfo=UTC)
    assert kept == plain
    assert hash(kept) == hash(plain)


def test_a_changed_value_is_written_canonically() -> None:
    kept = times.read_datetime("2025-11-24T10:45:01.4007824+00:00")
    assert times.datetime_text(kept + dt.timedelta(seconds=1)) == "2025-11-24T10:45:02.400782Z"
    assert times.datetime_text(kept.replace(microsecond=120_000)) == "2025-11-24T10:45:01.12Z"


def test_an_offset_with_seconds_is_written_in_whole_minutes() -> None:
    odd = dt.datetime(1890, 1, 1, tzinfo=dt.timezone(dt.timedelta(seconds=3208)))
    text = times.datetime_text(odd)
    assert text == "1889-12-31T23:59:32+00:53"
    assert times.read_datetime(text) == odd


@pytest.mark.parametrize(
    ("text", "xsd"),
    [
        ("2025-11-24t10:45:01.1234567z", "2025-11-24T10:45:01.1234567Z"),
        ("2025-11-24 10:45", "2025-11-24T10:45:00"),
        ("2025-11-24T10:45:01+0100", "2025-11-24T10:45:01+01:00"),
        ("2025-11-24T24:00:00", "2025-11-24T24:00:00"),
        ("2025-11-24T10:45:01.40Z", "2025-11-24T10:45:01.40Z"),
    ],
)
def test_xml_schemas_spelling(text: str, xsd: str) -> None:
    assert times.xsd_datetime_text(times.read_datetime(text)) == xsd


@settings(deadline=None)
@given(
    st.datetimes(
        timezones=st.none() | st.sampled_from([UTC, dt.timezone(dt.timedelta(hours=5, minutes=30))])
    ),
    st.sampled_from(["", "0", "00", "7"]),
)
def test_any_datetime_comes_back(value: dt.datetime, more: str) -> None:
    text = times.canonical_datetime(value)
    again = times.read_datetime(text)
    assert (type(again), again) == (dt.datetime, value)
    if value.microsecond:
        head, offset = times.split_offset(text)
        longer = head + more + offset
        assert times.datetime_text(times.read_datetime(longer)) == longer


@settings(deadline=None)
@given(st.text(alphabet="0123456789TtZz:.,+- W", max_size=36))
def test_reading_is_one_rule(text: str) -> None:
    """The fast layout and the general expression agree on everything."""
    for start in ("", "2025-11-24T10:45:01", "2025-11-24T10:45:"):
        try:
            slow = DateTime.parse(start + text)
        except ValueError:
            with pytest.raises(ValueError, match=r"."):
                times.read_datetime(start + text)
            continue
        fast = times.read_datetime(start + text)
        assert fast == slow
        assert times.datetime_text(fast) == start + text


@pytest.mark.parametrize(
    "text", ["10:45:01", "10:45:01.5Z", "10:45:01.500", "10:45", "24:00:00", "23:59:60", "10:45:01+05:30"]
)
def test_times(text: str) -> None:
    value = times.read_time(text)
    assert times.time_text(value) == text
    assert times.time_text(pickle.loads(pickle.dumps(value))) == text
    assert (type(value) is dt.time) == (text in ("10:45:01", "10:45:01.5Z", "10:45:01+05:30"))


@pytest.mark.parametrize("text", ["25:00:00", "10:60:00", "x", "10", "10:45:01 "])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        times.read_time(text)


def test_dates() -> None:
    assert type(times.read_date("2025-11-24")) is dt.date
    kept = times.read_date("2025-11-24+02:00")
    assert (type(kept), times.date_text(kept), kept) == (Date, "2025-11-24+02:00", dt.date(2025, 11, 24))
    assert times.date_text(pickle.loads(pickle.dumps(kept))) == "2025-11-24+02:00"
    assert times.date_text(dt.datetime(2025, 1, 2, 3)) == "2025-01-02"
    for wrong in ("2025-1-1", "20250101", "2025-W01-1", "2025-02-30"):
        with pytest.raises(ValueError, match=r"."):
            times.read_date(wrong)


def test_time_is_made_like_its_base() -> None:
    assert Time(10, 45).text == "10:45:00"
    assert DateTime(2025, 1, 1, tzinfo=UTC).text == "2025-01-01T00:00:00Z"
    assert pickle.loads(pickle.dumps(DateTime(2025, 1, 1))).text == "2025-01-01T00:00:00"


@given(
    st.text("0123456789:.,Z+-\u0663", min_size=7, max_size=10)
    | st.from_regex(r"\A[0-3]\d:[0-7]\d:[0-7]\dZ?\Z")
)
def test_times_in_whole_seconds_are_read_as_all_others(text: str) -> None:
    try:
        expected = Time.parse(text)
    except ValueError:
        with pytest.raises(ValueError, match=r"."):
            times.read_time(text)
        return
    value = times.read_time(text)
    assert (value.replace(tzinfo=None), value.utcoffset()) == (
        expected.replace(tzinfo=None),
        expected.utcoffset(),
    )
    assert times.time_text(value) == text
    assert (type(value) is Time) == (times.canonical_time(value) != text)
