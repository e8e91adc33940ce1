"""Nested documents read in one function: as the general way reads them, whatever deviates."""

from __future__ import annotations

import datetime as dt
import gc
import json as stdlib
import random
import uuid
from decimal import Decimal
from typing import Any, Literal

import pytest
from attrs import define, field
from bindwright.runtime import (
    UNSET,
    Choice,
    DecodeError,
    EncodeError,
    Model,
    OpenStrEnum,
    Unset,
    json,
    root,
    wire,
)

from tests.json.test_properties import SLOWLY, mutated, outcome


class Status(OpenStrEnum):
    OPEN = "open"
    PAID = "paid"


@define(kw_only=True)
class Address(Model):
    street: str | None = None
    town: str | None = None


@define(kw_only=True)
class Customer(Model):
    name: str
    address: Address | None = None
    second: Address | Unset | None = UNSET


@define(kw_only=True)
class Line(Model):
    sku: str = field(metadata=wire("SKU"))
    title: str | None = None
    count: int
    price: Decimal
    quoted: Decimal | None = field(default=None, metadata=wire("quoted", quoted=True))
    gift: bool | None = None
    codes: list[str] | None = None
    perhaps: list[str | None] | None = None


@define(kw_only=True)
class Card(Model):
    kind: Literal["card"] = "card"
    last4: str


@define(kw_only=True)
class Invoice(Model):
    kind: str
    due: dt.date


@define(kw_only=True)
class Tree(Model):
    name: str
    left: Tree | None = None
    children: list[Tree] | None = None


@define(kw_only=True)
class Mixed(Model):
    word: str | int | None = None
    flag: bool | float | None = None
    lines: Line | list[str] | None = None
    either: Address | Customer | None = None
    map: dict[str, int] | list[int] | str | None = None
    open: str | Any | None = None


@define(kw_only=True)
class Order(Model):
    __wire__ = root()

    id: uuid.UUID
    placed: dt.datetime
    status: Status | None = None
    customer: Customer
    lines: list[Line]
    rows: list[Line | None] | None = None
    payment: Card | Invoice = field(
        metadata=wire(
            "payment",
            choice=Choice(
                discriminator="kind", mapping={"card": "Card", "invoice": "Invoice", "bill": "Invoice"}
            ),
        )
    )
    note: str | Unset | None = UNSET
    labels: dict[str, str] | None = None
    parts: dict[str, Line] | None = None
    free: Any = None
    tree: Tree | None = None


LINE = '{"SKU":"a","title":"A \\"thing\\"","count":1,"price":1.50,"quoted":"2.50","gift":true,"codes":["x","y"],"perhaps":["x",null]}'
SHORT = '{"SKU":"b","count":2,"price":3}'
ORDER = (
    '{"id":"0e8bbbd7-59a9-4a49-ac45-07b0a7ae07b5","placed":"2026-11-01T10:20:30.123456Z","status":"paid",'
    '"customer":{"name":"C","address":{"street":"S","town":"T"},"second":null},'
    f'"lines":[{LINE},{SHORT}],"rows":[null,{SHORT}],"payment":{{"kind":"card","last4":"1234"}},'
    f'"note":"n","labels":{{"a":"b"}},"parts":{{"p":{SHORT}}},"free":{{"x":[1,"y"]}},'
    '"tree":{"name":"t","left":{"name":"l","left":{"name":"ll"}},"children":[{"name":"c"}]}}'
)
MEAGRE = (
    '{"id":"0e8bbbd7-59a9-4a49-ac45-07b0a7ae07b5","placed":"2026-11-01T10:20:30Z","customer":{"name":"C"},'
    '"lines":[],"payment":{"kind":"bill","due":"2026-12-01"},"note":null}'
)
MIXED = f'{{"word":"w","flag":true,"lines":{SHORT},"either":{{"street":"s"}},"map":{{"a":1}},"open":[1]}}'
OTHERS = '{"word":5,"flag":1.5,"lines":["x","y"],"either":{"name":"n"},"map":"m","open":"o"}'
PAGE = f"[{ORDER},{MEAGRE}]"


@pytest.mark.parametrize(("kind", "text"), [(Order, ORDER), (Order, MEAGRE), (list[Order], PAGE), (Mixed, MIXED), (Mixed, OTHERS), (Tree, '{"name":"a","left":{"name":"b","left":{"name":"c","children":[]}}}')])  # fmt: skip
def test_both_ways_agree_on_mutated_documents(kind: Any, text: str) -> None:
    source = random.Random(text)
    assert outcome(text.encode(), kind, json.DEFAULT) == outcome(text.encode(), kind, SLOWLY)
    read = 0
    for _ in range(3000):
        data = mutated(text, source)
        expected = outcome(data, kind, SLOWLY)
        assert outcome(data, kind, json.DEFAULT) == expected, data
        read += not expected.startswith("error")
    assert read > 50


def test_documents_take_the_fast_way_and_come_back() -> None:
    for kind, text in ((Order, ORDER), (Order, MEAGRE), (list[Order], PAGE)):
        codec = json.codec(kind)
        general: list[bytes] = []
        codec._in_full = general.append  # type: ignore[method-assign]
        try:
            for _ in range(3):
                value = codec._reader_of_bytes(codec._in_full)(text.encode())
                assert json.encode(value, kind) == text.encode()
                spaced = text.replace('":', '": ').replace(',"', ', "')
                assert codec._reader_of_bytes(codec._in_full)(spaced.encode()) is not None
            assert general == []
        finally:
            del codec._in_full


@pytest.mark.parametrize("place", ['"SKU":"a",', '"street":"S",', '"kind":"card",', '"name":"l",', '"a":"b",', '"x":[1,"y"],', '"last4":"0000" , '])  # fmt: skip
def test_a_name_that_stands_twice_anywhere_is_an_error(place: str) -> None:
    name = place.partition(":")[0]
    for spelling in (
        place,
        place.replace(":", " :", 1),
        place.replace(name, '"\\u00' + f"{ord(name[1]):02x}{name[2:]}", 1),
    ):
        text = ORDER.replace(name + ":", spelling + name + ":", 1)
        assert text != ORDER
        for _ in range(3):
            with pytest.raises(DecodeError, match="each name once"):
                json.decode(text.encode(), Order)


def test_the_collector_is_as_it_was_after_a_large_document() -> None:
    large = f"[{','.join([ORDER] * 40)}]".encode()
    assert gc.isenabled()
    assert len(json.decode(large, list[Order])) == 40
    assert gc.isenabled()
    gc.disable()
    try:
        json.decode(large, list[Order])
        assert not gc.isenabled()
    finally:
        gc.enable()


BROKEN: list[tuple[str, Any, str]] = [
    ("lines[1].count", "x", "expected int, found str 'x' - at $.lines[1].count"),
    ("lines[0].SKU", 5, "expected str, found int 5 - at $.lines[0].SKU"),
    ("customer.address.town", 1.5, "expected str, found float 1.5 - at $.customer.address.town"),
    ("payment.last4", None, "expected str, found NoneType None - at $.payment.last4"),
    ("payment.kind", "cash", "expected 'card', found str 'cash' - at $.payment.kind"),
    ("rows[1].price", "y", "expected Decimal, found str 'y' - at $.rows[1].price"),
    ("labels", {"a": 1}, "expected str, found int 1 - at $.labels['a']"),
    ("tree.left.left.name", 7, "expected str, found int 7 - at $.tree.left.left.name"),
]


@pytest.mark.parametrize(("path", "value", "message"), BROKEN)
def test_what_cannot_be_written_is_named_by_its_path(path: str, value: Any, message: str) -> None:
    order = json.decode(ORDER.encode(), Order)
    *steps, last = path.replace("]", "").replace("[", ".").replace("SKU", "sku").split(".")
    holder: Any = order
    for name in steps:
        holder = holder[int(name)] if name.isdigit() else getattr(holder, name)
    setattr(holder, last, value)
    for _ in range(2):
        with pytest.raises(EncodeError) as raised:
            json.encode(order)
        assert str(raised.value) == message


def test_values_of_derived_classes_and_unknown_members_are_written_in_nested_places() -> None:
    @define(kw_only=True)
    class Marked(Line):
        mark: str

    order = json.decode(MEAGRE.replace('"name":"C"', '"name":"C","zz":[1.50]').encode(), Order)
    order.lines = [Marked(sku="s", count=1, price=Decimal(2), mark="m")]
    assert (
        b'"customer":{"name":"C","zz":[1.50]},"lines":[{"SKU":"s","count":1,"price":2,"mark":"m"}]'
        in json.encode(order)
    )


def test_numbers_that_json_does_not_have_are_refused_in_lists_and_maps() -> None:
    for value, kind in (([1.0, float("nan")], list[float]), ({"a": float("inf")}, dict[str, float])):
        with pytest.raises(EncodeError, match="no NaN"):
            json.encode(value, kind)
    large = [1.7e308, 1.7e308]  # the sum is no finite number
    assert json.decode(json.encode(large, list[float]), list[float]) == large


@define(kw_only=True)
class Loose(Model):
    number: int
    tree: Any = None


@pytest.mark.parametrize(
    "text",
    [
        r'{"number":1,"number":2,"tree":"\u0022\u0022"}',
        r'{"number":1,"number":2,"tree":["\u0022\u0022"]}',
        r'{"number":1,"tree":{"x":1,"x":2,"y":"\u0022\u0022"}}',
        r'{"number":1,"tree":{"x":1,"x":2,"\u0022\u0022":0}}',
        r'{"number":1,"number":2,"unknown":"\u0022\u0022"}',
        r'{"number":1,"unknown":{"x":"1","x":"2"},"tree":"\u0022\u0022\u0022\u0022"}',
    ],
)
def test_escaped_marks_hide_no_name_that_stands_twice(text: str) -> None:
    for _ in range(2):
        with pytest.raises(DecodeError, match="again"):
            json.decode(text.encode(), Loose)


def test_marks_within_texts_are_read() -> None:
    for text in (r'{"number":1,"tree":{"a":"\u0022","b\"":["\""]}}', r'{"number":1,"more":"\u0022\""}'):
        assert stdlib.loads(json.encode(json.decode(text.encode(), Loose))) == stdlib.loads(text)
