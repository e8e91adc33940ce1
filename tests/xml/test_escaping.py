"""Text and attributes are escaped wherever they stand: in models within models, lists, maps, one or many at once."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from attrs import define, field
from bindwright.runtime import Model, Xml, at, root, wire, xml
from bindwright.runtime.errors import EncodeError
from lxml import etree

WORDS = ("plain", "", "a & b", "<", "]]>", 'q"q', "l\ni", "t\tt", "c\rc", "\u00a0ä\u2028", "\U0001f600")


@define(kw_only=True)
class Inner(Model):
    mark: str | None = field(default=None, metadata=wire("mark", xml=Xml(node="attribute")))
    first: str = field(metadata=wire("first"))
    second: str | None = field(default=None, metadata=wire("second"))


@define(kw_only=True)
class Words(Model):
    __wire__ = root("words")

    mark: str = field(metadata=wire("mark", xml=Xml(node="attribute")))
    leaf: str = field(metadata=wire("leaf"))
    two: str | None = field(default=None, metadata=wire("two"))
    inner: Inner = field(metadata=wire("inner"))
    many: list[Inner] = field(factory=list, metadata=wire("many"))
    listed: list[str] = field(factory=list, metadata=wire("listed", items=at()))


@define(kw_only=True)
class Single(Model):
    __wire__ = root("single")

    text: str | None = field(default=None, metadata=wire("text"))


def words(first: str, second: str | None, third: str) -> Words:
    inner = Inner(mark=second, first=third, second=second)
    return Words(
        mark=third,
        leaf=first,
        two=second,
        inner=inner,
        many=[inner, Inner(first=first)],
        listed=[first, third],
    )


def test_every_text_comes_back() -> None:
    for first, second, third in itertools.product(WORDS, (*WORDS, None), WORDS):
        value = words(first, second, third)
        data = xml.encode(value)
        tree = etree.fromstring(data)
        assert tree.get("mark") == third
        assert tree.findtext("leaf") == first
        assert [node.text or "" for node in tree.iter("first")] == [third, third, first]
        assert [node.get("mark") for node in tree.iter("many")] == [second, None]
        assert xml.decode(data, Words) == value
        assert xml.decode(xml.encode(Single(text=second)), Single) == Single(text=second)


@pytest.mark.parametrize("wrong", ["\x00", "\x1f", "\ud800", "\ufffe", 5, b"x", True, ["a"]])
@pytest.mark.parametrize(
    "place", ["mark", "leaf", "two", "inner.mark", "inner.first", "inner.second", "listed"]
)
def test_what_is_no_text_is_told(place: str, wrong: Any) -> None:
    value = words("a", "b", "c")
    owner, _, name = place.rpartition(".")
    setattr(value.inner if owner else value, name, [wrong] if place == "listed" else wrong)
    with pytest.raises(EncodeError) as caught:
        xml.encode(value)
    assert caught.value.path.startswith("/words")
    assert name in caught.value.path
