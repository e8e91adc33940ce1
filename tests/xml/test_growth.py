"""Time in proportion to the document: calls counted for n, 2n, 4n and 8n, for shapes of models and of documents."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from attrs import define, field
from bindwright.runtime import Model, Xml, at, root, wire, xml
from bindwright.runtime.errors import DecodeError, EncodeError

from tests.leaks import blocks_kept


@define(kw_only=True)
class A(Model):
    name: str = field(metadata=wire("name"))
    x: int | None = field(default=None, metadata=wire("x"))


@define(kw_only=True)
class B(Model):
    name: str = field(metadata=wire("name"))
    y: int = field(metadata=wire("y"))
    w: A | B | C | None = field(default=None, metadata=wire("w"))


@define(kw_only=True)
class C(Model):
    name: str = field(metadata=wire("name"))
    w: A | B | C | None = field(default=None, metadata=wire("w"))
    ws: list[A | B | C] | None = field(default=None, metadata=wire("ws"))


@define(kw_only=True)
class Wide(Model):
    __wire__ = root("wide", additional="more")

    a: list[int] | None = field(default=None, metadata=wire("a"))
    b: list[str] | None = field(default=None, metadata=wire("b"))
    items: list[A | C] | None = field(
        default=None, metadata=wire("items", xml=Xml(wrapped=True), items=at(xml=Xml(name="i")))
    )
    more: dict[str, Any] = field(factory=dict, metadata=wire("more"))


@define(kw_only=True)
class Closed(Model):
    __wire__ = root("wide")

    a: list[int] | None = field(default=None, metadata=wire("a"))
    b: list[str] | None = field(default=None, metadata=wire("b"))
    text: str | None = field(default=None, metadata=wire("text", xml=Xml(node="text")))
    free: Any = field(default=None, metadata=wire("free"))


def unions(n: int) -> str:
    return "<C><name>a</name>" + "<w><name>a</name>" * n + "</w>" * n + "</C>"


def declared(n: int) -> str:
    declarations = "".join(f' xmlns:p{number}="urn:{number}"' for number in range(min(n, 200)))
    return f"<wide{declarations}>" + '<p0:new a="p1:x">p2:y</p0:new>' * n + "</wide>"


DEEP: dict[str, tuple[Any, Callable[[int], str]]] = {
    "unions within unions": (C, unions),
    "unions that do not fit at their end": (
        C, lambda n: "<C><name>a</name>" + "<w><name>a</name>" * n + "<w/>" + "</w>" * n + "</C>",
    ),
    "lists of unions": (
        C, lambda n: "<C><name>a</name>" + "<ws><name>a</name>" * n + "</ws>" * n + "</C>",
    ),
    "free values": (Closed, lambda n: "<wide><free>" + "<f>" * n + "</f>" * n + "</free></wide>"),
    "unknown elements": (Closed, lambda n: "<wide>" + "<u a='p:q'>" * n + "</u>" * n + "</wide>"),
}  # fmt: skip
WIDE: dict[str, tuple[Any, Callable[[int], str]]] = {
    "members in turn": (Closed, lambda n: "<wide>" + "<a>1</a><b>x</b>" * n + "</wide>"),
    "members in turn with attributes": (Closed, lambda n: "<wide>" + "<a k='1'>1</a><b k='1'>x</b>" * n + "</wide>"),
    "unknown elements in turn": (Closed, lambda n: "<wide>" + "<a>1</a><u/>" * n + "</wide>"),
    "mixed content": (Closed, lambda n: "<wide>" + "t<a>1</a>" * n + "</wide>"),
    "items that do not fit": (
        Wide, lambda n: "<wide><items>" + "<i><name>a</name><z/></i>" * n + "<i/></items></wide>",
    ),
    "items of a union": (Wide, lambda n: "<wide><items>" + "<i><name>a</name></i>" * n + "</items></wide>"),
    "members without a name": (
        Wide, lambda n: "<wide>" + "".join(f"<m{number}>1</m{number}>" for number in range(n)) + "</wide>",
    ),
    "declarations and unknown elements": (Closed, declared),
    "free values of one name": (Closed, lambda n: "<wide><free>" + "<f q='1'>2</f>" * n + "</free></wide>"),
    "scalars that do not fit": (Closed, lambda n: "<wide>" + "<b>1</b>" * n + "<a>x</a></wide>"),
}  # fmt: skip


def work(step: Callable[[], object]) -> int:
    """Calls of functions, Python's and C's, that a step makes."""
    count = 0

    def profile(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        with contextlib.suppress(DecodeError, EncodeError):
            step()
    finally:
        sys.setprofile(before)
    return count


def read_and_write(type_: Any, text: str, settings: xml.Settings) -> None:
    value = xml.decode(text, type_, settings=settings)
    if (
        type_ is not C
    ):  # written unions within unions are read back once for each level, of which there are few
        xml.encode(value, type_)


@pytest.mark.parametrize("values", ["strict", "lenient"])
@pytest.mark.parametrize(("shapes", "first"), [(DEEP, 7), (WIDE, 60)], ids=["deep", "wide"])
def test_calls_grow_with_the_document(
    shapes: dict[str, tuple[Any, Callable[[int], str]]], first: int, values: Any
) -> None:
    for name, (type_, document) in shapes.items():
        settings = xml.Settings(speculate=False, values=values)
        for size in (2, 3, 4):  # what is compiled on first use is no part of the curve
            work(lambda: read_and_write(type_, document(size), settings))  # noqa: B023
        counts = []
        for factor in (1, 2, 4, 8):
            text = document(first * factor)
            counts.append(work(lambda: read_and_write(type_, text, settings)))  # noqa: B023
        assert counts[3] < 12 * counts[0], (name, counts)
        assert counts[3] < 2.6 * counts[2], (name, counts)


def test_declarations_are_limited() -> None:
    many = "".join(f' xmlns:p{number}="urn:{number}"' for number in range(300))
    for read in (
        lambda text: xml.decode(text, Closed),
        lambda text: list(xml.iter_decode([text.encode()], A)),
    ):
        with pytest.raises(DecodeError, match="at most 256 namespace declarations"):
            read(f"<wide{many}><A><name>a</name></A></wide>")


@define(kw_only=True)
class Net(Model):
    __wire__ = root("Net", namespace="urn:net", profile="datacontract")

    free: Any = field(default=None, metadata=wire("free"))


@pytest.mark.parametrize("name", ["string", "dateTime", "base64Binary"])
def test_free_values_whose_type_is_told_leave_nothing(name: str) -> None:
    """Each value was a place of its own, whose codec was compiled and kept."""
    text = {"string": "a", "dateTime": "2025-11-24T10:45:01.123Z", "base64Binary": "AAEC"}[name]
    space = "http://www.w3.org/2001/XMLSchema"
    data = f'<Net xmlns="urn:net" xmlns:i="{space}-instance"><free xmlns:x="{space}" i:type="x:{name}">{text}</free></Net>'.encode()
    value = xml.decode(data, Net)

    def turn() -> None:
        assert xml.encode(xml.decode(data, Net)) == xml.encode(value)

    for _ in range(20):
        turn()
    assert blocks_kept(turn, 50) < 25


@define(kw_only=True)
class Chain(Model):
    n: str
    next: Chain | Link | None = None


@define(kw_only=True)
class Link(Model):
    m: int
    next: Chain | Link | None = None


def test_a_null_deep_in_choices_is_read_in_the_time_of_the_document() -> None:
    """Each level was tried anew for all levels around it, and its elements were searched for nulls by each."""
    settings = xml.Settings(speculate=False, values="lenient")
    nil = '<n xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/>'

    def document(levels: int) -> str:
        return f"<Chain>{'<n>x</n><next>' * levels}{nil}{'</next>' * levels}</Chain>"

    deepest = xml.decode(document(2), Chain, settings=settings).next
    assert isinstance(deepest, Chain)
    assert deepest.next == Chain(n=None)  # type: ignore[arg-type]
    counts = [work(lambda: xml.decode(document(size), Chain, settings=settings)) for size in (10, 20, 40)]  # noqa: B023
    assert counts[2] < 2.6 * counts[1] < 6 * counts[0], counts
