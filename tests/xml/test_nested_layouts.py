"""Nested documents that are matched as text give what the full parser gives: values, and all that is kept."""

from __future__ import annotations

import datetime as dt
import random
import re
import uuid
from enum import StrEnum
from typing import Any, Literal

import pytest
from attrs import define, field
from bindwright.runtime import Choice, Model, Xml, at, root, wire, xml
from bindwright.runtime.errors import DecodeError
from bindwright.runtime.xml.codec import XmlCodec

from tests.xml.test_both_paths import kept, mutated
from tests.xml.test_hostile import PIECES

SPACE = "urn:x:orders"


class Status(StrEnum):
    OPEN = "open"
    PAID = "paid"


@define(kw_only=True)
class Card(Model):
    kind: Literal["card"] = field(default="card", metadata=wire("kind"))
    last4: str = field(metadata=wire("last4"))


@define(kw_only=True)
class Invoice(Model):
    kind: Literal["invoice"] = field(default="invoice", metadata=wire("kind"))
    due: dt.date = field(metadata=wire("due"))


@define(kw_only=True)
class Price(Model):
    amount: float = field(metadata=wire("amount", xml=Xml(node="text")))
    currency: str | None = field(default=None, metadata=wire("currency", xml=Xml(node="attribute")))


@define(kw_only=True)
class Line(Model):
    __wire__ = root("line")

    sku: str = field(metadata=wire("sku", xml=Xml(node="attribute")))
    title: str | None = field(default=None, metadata=wire("title"))
    quantity: int | None = field(default=None, metadata=wire("quantity", format="int32"))
    price: Price | None = field(default=None, metadata=wire("price"))
    tags: list[str] | None = field(default=None, metadata=wire("tag"))


@define(kw_only=True)
class Order(Model):
    __wire__ = root("order", namespace=SPACE)

    id: uuid.UUID = field(metadata=wire("id", xml=Xml(node="attribute")))
    placed: dt.datetime = field(metadata=wire("placed", format="date-time"))
    status: Status | None = field(default=None, metadata=wire("status"))
    lines: list[Line] = field(metadata=wire("lines", xml=Xml(wrapped=True), items=at(xml=Xml(name="line"))))
    payment: Card | Invoice | None = field(
        default=None,
        metadata=wire(
            "payment", choice=Choice(discriminator="kind", mapping={"card": "Card", "invoice": "Invoice"})
        ),
    )
    note: str | None = field(metadata=wire("note"))


@define(kw_only=True)
class Page(Model):
    __wire__ = root("orders", namespace=SPACE)

    total: int = field(metadata=wire("total"))
    orders: list[Order] = field(factory=list, metadata=wire("order"))
    following: str | None = field(default=None, metadata=wire("following"))


@define(kw_only=True)
class Bare(Model):
    __wire__ = root("listing")

    name: str | None = field(default=None, metadata=wire("name"))
    lines: list[Line] | None = field(default=None, metadata=wire("line"))


def order(number: int, source: random.Random) -> Order:
    lines = [
        Line(
            sku=f"S-{source.randrange(1000)}", title=source.choice([None, "a & b", "thing"]),
            quantity=source.choice([None, 1, 77777]), tags=source.choice([None, ["a"], ["a", "b"]]),
            price=source.choice([None, Price(amount=1.5, currency="EUR"), Price(amount=2.0)]),
        )
        for _ in range(1 + number % 4)
    ]  # fmt: skip
    return Order(
        id=uuid.UUID(int=source.getrandbits(128)), lines=lines, status=source.choice([None, *Status]),
        placed=dt.datetime(2026, 1, 1, number % 24, tzinfo=dt.UTC), note=source.choice([None, "n"]),
        payment=source.choice([None, Card(last4="1"), Invoice(due=dt.date(2026, 2, 3))]),
    )  # fmt: skip


def documents() -> dict[str, tuple[Any, list[bytes]]]:
    source = random.Random(5)
    pages = [Page(total=n, orders=[order(i, source) for i in range(n)]) for n in (0, 1, 3, 12)]
    plain = [xml.encode(page) for page in pages]
    moved = [
        re.sub(rb"<note[^>]*/>|<note>n</note>", b"", data)
        .replace(b"<total>", b"<following>f</following><total>")
        .replace(b"<lines>", b"<note>m</note><lines>")
        for data in plain
    ]
    prefixed = b'<o:orders xmlns:o="urn:x:orders"><o:total>1</o:total></o:orders>'
    listing = (
        b'<listing xmlns="urn:any"><line sku="1"><quantity>5</quantity><title>t</title></line>'
        b'<line sku="2"><title>&quot;q&quot;</title></line><name>n</name></listing>'
    )
    return {
        "pages": (Page, [*plain, *[xml.encode(page, settings=xml.Settings(indent=" ")) for page in pages]]),
        "moved": (Page, [*moved, prefixed]),
        "listing": (Bare, [listing, listing.replace(b' xmlns="urn:any"', b"")]),
    }


def outcome(read: Any, data: bytes) -> Any:
    try:
        value = read(data)
    except DecodeError as error:
        return "error", str(error)
    return "value", repr(value), list(kept(value))


@pytest.mark.parametrize("namespaces", ["strict", "lenient"])
@pytest.mark.parametrize("name", ["pages", "moved", "listing"])
def test_matched_is_parsed(name: str, namespaces: Any) -> None:
    type_, texts = documents()[name]
    fast, full = (
        XmlCodec(type_, None, None, xml.Settings(namespaces=namespaces, speculate=speculate)).decode
        for speculate in (True, False)
    )
    source = random.Random(name + namespaces)
    for data in texts * 3:
        assert outcome(fast, data) == outcome(full, data)
    for _ in range(400):
        data = mutated(source.choice(texts), source, PIECES, source.choice(texts))
        assert outcome(fast, data) == outcome(full, data), data


@pytest.mark.parametrize("name", ["pages", "moved", "listing"])
def test_layouts_of_nested_documents_are_learnt(name: str) -> None:
    type_, texts = documents()[name]
    codec = XmlCodec(type_, None, None, xml.Settings(namespaces="lenient"))
    data = max(texts, key=len) if name != "listing" else texts[0]
    for _ in range(4):
        codec.decode(data)
    assert codec._learnt.matchers
