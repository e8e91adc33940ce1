"""Facts of places that decide what is written: left-out defaults, keys of dictionaries, lengths of tuples."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from attrs import define, field
from bindwright.runtime import Choice, DateTime, DecodeError, Duration, Model, at, json, root, wire
from bindwright.runtime.model_styles.shared_fields import additional_of
from bindwright.runtime.model_styles.texts import value_of
from bindwright.runtime.shapes import shape_of
from bindwright.runtime.validate import validate
from bindwright.runtime.wire import Checks, Entries


@define(kw_only=True)
class Stock(Model):
    __wire__ = root("Stock", profile="datacontract")

    count: int | None = field(default=None, metadata=wire("Count", emit_default=False))
    sold: bool | None = field(default=None, metadata=wire("Sold", emit_default=False))
    span: dt.timedelta | None = field(default=None, metadata=wire("Span", emit_default=False))
    when: dt.datetime | None = field(default=None, metadata=wire("When", emit_default=False))
    must: int = field(metadata=wire("Must", emit_default=False))
    may: int | None = field(metadata=wire("May", emit_default=False))


def test_the_default_of_a_type_is_left_out() -> None:
    """.NET, DataMemberAttribute.EmitDefaultValue: 0, false and the like; of ``int?`` null alone."""
    stock = Stock(count=0, sold=False, span=dt.timedelta(), when=dt.datetime(1, 1, 1), must=0, may=0)
    assert json.encode(stock) == b'{"May":0}'
    assert json.encode(Stock(must=0, may=None)) == b"{}"
    full = b'{"Count":3,"Sold":true,"Span":"00:00:01","When":"0001-01-02T00:00:00","Must":1,"May":2}'
    assert json.encode(json.decode(full, Stock)) == full


def test_a_tick_is_no_default() -> None:
    stock = Stock(
        span=Duration.of(ticks=1), when=DateTime.parse("0001-01-01T00:00:00.0000001"), must=0, may=None
    )
    assert json.encode(stock) == b'{"Span":"00:00:00.0000001","When":"0001-01-01T00:00:00.0000001"}'


KEYS = [
    ("dt.timedelta", b'{"Map":{"01:30:00":1}}', {dt.timedelta(hours=1, minutes=30): 1}),
    ("bool", b'{"Map":{"True":1,"False":2}}', {True: 1, False: 2}),
    ("float", b'{"Map":{"5":1,"0.25":2}}', {5.0: 1, 0.25: 2}),
    ("int", b'{"Map":{"5":1}}', {5: 1}),
]


@pytest.mark.parametrize(("key", "data", "value"), KEYS)
def test_keys_are_written_as_newtonsoft_writes_them(key: str, data: bytes, value: dict[Any, int]) -> None:
    """``Convert.ToString`` with the invariant culture."""

    @define(kw_only=True)
    class Board(Model):
        __wire__ = root("Board", profile="datacontract")

        map: dict[Any, int] = field(metadata=wire("Map", entries=Entries(item="kv", key_type=key)))

    Board.__module__ = __name__
    board = json.decode(data, Board)
    assert board.map == value
    assert json.encode(board) == data


Pair = tuple[int, str]


@pytest.mark.parametrize("text", ["[]", "[1]", '[1,"a"]'])
def test_tuples_may_be_shorter(text: str) -> None:
    """JSON Schema 2020-12 core, 10.3.1.1: ``prefixItems`` does not ask for all its items."""
    value = json.decode(text.encode(), Pair)
    assert isinstance(value, tuple)
    assert json.encode(value, Pair) == text.encode()
    assert json.decode(text.encode(), Pair, settings=json.Settings(values="lenient")) == value
    assert validate(value, Pair) == []
    least = at(checks=Checks(min_items=2))
    if len(value) < 2:
        assert [violation.rule for violation in validate(value, Pair, wire=least)] == ["minItems"]
        with pytest.raises(DecodeError):
            json.decode(text.encode(), Pair, wire=least)


def test_tuples_are_never_longer() -> None:
    with pytest.raises(DecodeError, match="at most 2"):
        json.decode(b'[1,"a",2]', Pair)
    assert [violation.rule for violation in validate((1, "a", 2), Pair)] == ["type"]


def test_additional_members_that_a_base_declares_are_those_of_derived_classes_too() -> None:
    @define(kw_only=True)
    class Base(Model):
        __wire__ = root("Base", additional="further")
        further: dict[str, int] = field(factory=dict)

    @define(kw_only=True)
    class Derived(Base):
        name: str | None = None

    assert additional_of(Derived) == "further"


def test_decimals_that_a_style_declares_as_floats_are_read_from_their_digits() -> None:
    shape = shape_of(Decimal)
    assert value_of(0.1, shape) == Decimal("0.1")
    assert value_of(float("inf"), shape) == float("inf"), "left to the codec, which refuses it"
    assert value_of("1.50", shape) == Decimal("1.50")


@define(kw_only=True)
class Event(Model):
    start: dt.date | dt.datetime = field(
        metadata=wire("start", choice=Choice(members=(("dt.date", at()), ("dt.datetime", at()))))
    )
    ends: list[dt.datetime | dt.date] | None = field(
        default=None,
        metadata=wire("ends", items=at(choice=Choice(members=(("dt.datetime", at()), ("dt.date", at()))))),
    )
    day: dt.date | int | None = field(
        default=None, metadata=wire("day", choice=Choice(members=(("dt.date", at()), ("int", at()))))
    )


@pytest.mark.parametrize("text", ["2020-01-02", "2020-01-02T00:00:00Z", "2020-01-02T03:04:05.100+02:00"])
def test_a_date_time_keeps_its_time_beside_a_date(text: str) -> None:
    """Every date-time of Python is a date; a choice of both wrote it as one."""
    document = f'{{"start":"{text}","ends":["{text}"]}}'.encode()
    event = json.decode(document, Event)
    assert json.encode(event) == document
    moment = dt.datetime(2020, 1, 2, 3, tzinfo=dt.UTC)
    assert json.encode(Event(start=moment, ends=[moment, moment.date()])) == (
        b'{"start":"2020-01-02T03:00:00Z","ends":["2020-01-02T03:00:00Z","2020-01-02"]}'
    )
    assert (
        json.encode(Event(start=moment, day=moment)) == b'{"start":"2020-01-02T03:00:00Z","day":"2020-01-02"}'
    )
