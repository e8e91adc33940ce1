"""The accelerator writes what the reference writes: the same bytes, the same errors."""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import random
import uuid
from typing import Any

import attrs
import pytest
from bindwright.runtime import Model, Xml, json, root, wire, xml
from bindwright.runtime.errors import DecodeError, EncodeError
from bindwright.runtime.resolve import COMMON
from bindwright.runtime.values.times import DateTime
from bindwright.runtime.xml.accelerated.write_plans import C
from bindwright.runtime.xml.codec import XmlCodec
from bindwright.runtime.xml.encoding import documents
from bindwright.runtime.xml.scalars.hooks import HOOKS
from bindwright.runtime.xml.settings import DEFAULT
from hypothesis import HealthCheck, given, settings

from tests.json.documents import EVERYTHING
from tests.json.models import Everything, Part
from tests.json.test_properties import EVERY
from tests.leaks import blocks_kept
from tests.xml.test_both_paths import mutated, subjects
from tests.xml.test_hostile import PIECES
from tests.xml.test_nested_layouts import SPACE, Page, Status, order

pytestmark = pytest.mark.skipif(C is None, reason="the accelerator is not installed, or switched off")
LENIENT = xml.Settings(values="lenient", namespaces="lenient", prefixes={SPACE: "o", "urn:y": "y"})


class Word(str):
    """A string that says itself how it is put into text."""

    def __str__(self) -> str:
        return "word"

    def __format__(self, form: str) -> str:
        return "formatted"


class Plain(str, enum.Enum):  # noqa: UP042
    """An enumeration whose members' text is not their value."""

    A = "a"


WRONG: list[Any] = [
    object(), 1, -(1 << 70), -1.5, 1e300, 1e-7, -0.0, float("nan"), float("inf"), "text", "", "a&<>\"'\t\r\n", "\x07",
    "\ud800", "ä€😀\ufffe", "€&😀", b"x", None, [1], [None], [], {}, {"a": 1}, {1: "a"}, {"a b": 2, "{u}c": None},
    {"a": {"b": [1, None, {"c": "&"}], "@d": 1}}, {"a": []}, {"_x0041_": 1}, Part(a=1), True, {2}, Word("<w>"), Status.OPEN,
    Plain.A, xml.Settings(), uuid.UUID(int=5), decimal.Decimal("1E+2"), dt.date(31, 1, 2), dt.datetime(7, 1, 2, 3, 4, 5, 60),
    dt.datetime(2020, 1, 2, 3, tzinfo=dt.timezone(dt.timedelta(hours=1))), dt.datetime(2020, 1, 2, 3, 4, 5, 10, dt.UTC),
    *map(DateTime.parse, ("2020-01-02T03:04:05.1234567Z", "2020-01-02t03:04:05z", "2020-01-02T03:04:60Z", "2020-01-02T03:04:05.0")),
]  # fmt: skip


def pure(type_: Any, options: xml.Settings = DEFAULT) -> XmlCodec:
    """A codec without the accelerator."""
    codec = XmlCodec(type_, None, COMMON, options)
    codec._write = documents.writer_of(codec.place, options, codec.untyped, lambda place, style: None)
    return codec


def outcome(codec: XmlCodec, value: Any) -> bytes | str:
    try:
        return codec.encode(value)
    except (EncodeError, UnicodeEncodeError) as error:
        return f"{type(error)} {error}"


def changed(value: Any, source: random.Random) -> Any:
    """A copy of a value in which something, at any depth, is replaced."""
    if isinstance(value, Model) and attrs.has(type(value)) and source.random() < 0.9:
        names = [attribute.name for attribute in attrs.fields(type(value)) if attribute.name != "_extra"]
        copy = attrs.evolve(value)
        for name in source.sample(names, min(len(names), source.choice((1, 1, 2)))):
            setattr(copy, name, changed(getattr(value, name), source))
        return copy
    if type(value) is list and value and source.random() < 0.8:
        items = list(value)
        items[source.randrange(len(items))] = changed(source.choice(items), source)
        return items
    return source.choice(WRONG)


def values() -> list[tuple[str, Any, Any]]:
    """Names, types and values of many kinds of places, some that were read and keep what was unknown."""
    source = random.Random(3)
    cases: list[tuple[str, Any, Any]] = [
        ("page", Page, Page(total=n, orders=[order(i, source) for i in range(n)])) for n in (0, 3)
    ]
    for name, (type_, written, _) in subjects().items():
        for data in written[:2]:
            cases.append((name, type_, xml.decode(data, type_)))
            for _ in range(6):
                try:
                    value = xml.decode(mutated(data, source, PIECES, data), type_)
                except DecodeError:
                    continue
                cases.append((name, type_, value))
    return cases


@pytest.mark.parametrize("options", [DEFAULT, LENIENT], ids=["strict", "lenient"])
def test_any_value_is_written_or_refused_the_same(options: xml.Settings) -> None:
    source, codecs, refused = random.Random(1), {}, 0
    for name, type_, value in values():
        if name not in codecs:
            codecs[name] = XmlCodec(type_, None, COMMON, options), pure(type_, options)
        quick, slow = codecs[name]
        assert outcome(quick, value) == outcome(slow, value), (name, value)
        for _ in range(12):
            other = changed(value, source)
            expected = outcome(slow, other)
            assert outcome(quick, other) == expected, (name, other)
            refused += isinstance(expected, str)
    assert refused > 100


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(EVERY)
def test_every_kind_of_member_is_written_the_same(value: Everything) -> None:
    if not _both:
        _both.extend((XmlCodec(Everything, None, COMMON, DEFAULT), pure(Everything)))
    quick, slow = _both
    assert outcome(quick, value) == outcome(slow, value)


_both: list[XmlCodec] = []


def test_wrong_members_of_every_kind_are_refused_the_same() -> None:
    quick, slow = XmlCodec(Everything, None, COMMON, DEFAULT), pure(Everything)
    value = json.decode(EVERYTHING, Everything)
    for member in attrs.fields(Everything):
        for other in WRONG:
            copy = attrs.evolve(value)
            setattr(copy, member.name, other)
            assert outcome(quick, copy) == outcome(slow, copy), (member.name, other)


@attrs.define(kw_only=True)
class Tree(Model):
    __wire__ = root("tree")

    name: str = attrs.field(metadata=wire("name", xml=Xml(node="attribute")))
    trees: list[Tree] | None = attrs.field(default=None, metadata=wire("tree"))


def test_it_is_the_accelerator_that_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "root_function", None)
    page = Page(total=3, orders=[order(number, random.Random(number)) for number in range(3)])
    data = XmlCodec(Page, None, COMMON, DEFAULT).encode(page)
    assert xml.decode(data, Page) == page


def test_deep_values_and_values_that_hold_themselves_end_as_the_reference_says() -> None:
    quick, slow = XmlCodec(Tree, None, COMMON, DEFAULT), pure(Tree)
    for depth in (1, 150, 199, 200, 201, 220, 5000):
        tree = Tree(name="leaf")
        for _ in range(depth):
            tree = Tree(name="a", trees=[tree])
        assert outcome(quick, tree) == outcome(slow, tree)
    tree.trees = [tree]
    assert "contains itself" in outcome(quick, tree) == outcome(slow, tree)


def test_hooks_win() -> None:
    try:
        HOOKS.add(Status, write=lambda value: f"<{value.value}>")
        quick, slow = XmlCodec(Page, None, COMMON, DEFAULT), pure(Page)
        page = Page(total=1, orders=[attrs.evolve(order(1, random.Random(1)), status=Status.PAID)])
        assert b"&lt;paid&gt;" in outcome(quick, page) == outcome(slow, page)
    finally:
        HOOKS.clear()


def test_nothing_is_kept_of_what_was_written_or_refused() -> None:
    """Blocks of memory, which a reference too many keeps and one too few gives back twice."""
    quick = XmlCodec(Page, None, COMMON, DEFAULT)
    page = Page(total=9, orders=[order(number, random.Random(number)) for number in range(9)])
    broken = attrs.evolve(page, orders=[*page.orders, attrs.evolve(page.orders[0], id=object())])
    deviating = xml.decode(xml.encode(page).replace(b"<lines>", b"<u/><lines>"), Page)

    def turn() -> None:
        quick.encode(page)
        quick.encode(deviating)
        with pytest.raises(EncodeError):
            quick.encode(broken)

    assert blocks_kept(turn, 50) < 25  # less than one for two turns
