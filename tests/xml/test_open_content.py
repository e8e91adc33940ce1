"""Content that models leave open: members without a name, free values, mixed content, nulls."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

import pytest
from attrs import define, field
from bindwright.runtime import Model, Xml, at, json, root, wire, xml
from bindwright.runtime.errors import DecodeError, EncodeError

from tests.xml.test_unknown_everywhere import canonical

FULL = xml.Settings(speculate=False)


@define(kw_only=True)
class Place(Model):
    __wire__ = root("place", namespace="urn:p", additional="more")

    name: str | None = field(default=None, metadata=wire("name"))
    id: str | None = field(default=None, metadata=wire("id", xml=Xml(node="attribute")))
    more: dict[str, Any] = field(factory=dict, metadata=wire("more"))


@define(kw_only=True)
class Row(Model):
    __wire__ = root("row", additional="more")

    id: str | None = field(default=None, metadata=wire("id", xml=Xml(node="attribute")))
    more: dict[str, int] = field(factory=dict, metadata=wire("more"))


@define(kw_only=True)
class Point(Model):
    x: int | None = field(default=None, metadata=wire("x"))


@define(kw_only=True)
class Points(Model):
    __wire__ = root("points", namespace="urn:p")

    by_name: dict[str, Point] = field(factory=dict, metadata=wire("byName"))


OPEN = [
    (Place, '<place xmlns="urn:p" xmlns:g="urn:g"><name>n</name><g:lat>1</g:lat></place>'),
    (Place, '<place xmlns="urn:p"><lat xmlns="urn:g">1</lat><lat xmlns="urn:h">2</lat><lat>3</lat></place>'),
    (Place, '<place xmlns="urn:p"><x xmlns="">1</x><q:v xmlns:q="urn:q" a="q:b"><q:w>t</q:w></q:v></place>'),
    (Row, '<row><a>1</a><b:a xmlns:b="urn:b">2</b:a></row>'),
    (Points, '<points xmlns="urn:p"><byName><g:a xmlns:g="urn:g"><x>1</x></g:a><a><x>2</x></a></byName></points>'),
]  # fmt: skip


@pytest.mark.parametrize(("type_", "text"), OPEN)
def test_elements_keep_their_namespaces(type_: Any, text: str) -> None:
    value = xml.decode(text, type_)
    assert canonical(xml.encode(value)) == canonical(text.encode())


def test_namespaces_of_open_content_can_be_set() -> None:
    assert canonical(xml.encode(Place(more={"{urn:g}lat": "1", "lat": "2"}))) == canonical(
        b'<place xmlns="urn:p"><g:lat xmlns:g="urn:g">1</g:lat><lat>2</lat></place>'
    )
    for key in ("{urn:p}a", "{}a", "{a", "a}b", "{x}y z", "{x}", "a b", ""):
        value = Row(more={key: 1})
        assert xml.decode(xml.encode(value), Row) == value, key


@pytest.mark.parametrize("text", ['<row id="1"><id>5</id></row>', "<row><id>5</id><n>2</n></row>"])
def test_an_element_called_as_another_member_is_refused(text: str) -> None:
    with pytest.raises(DecodeError, match="<id>"):
        xml.decode(text, Row)


@define(kw_only=True)
class Form(Model):
    __wire__ = root("form")

    free: dict[str, Any] | None = field(default=None, metadata=wire("free"))
    value: Any = field(default=None, metadata=wire("value"))


WRITTEN = [
    {"a": "1", "b": {"@k": "v", "#text": "t"}, "c": [{"d": None}, "x"]},
    {"@xmlns:q": "urn:q", "q:a": {"@q:k": "v"}},
    {"a": {"@xmlns": "urn:a", "b": "1"}},
]
REFUSED: list[Any] = [
    {"b": [["x"]]}, {"a": [[{"k": 1}]]}, {"": 1}, {"a b": 1}, {"a/><b": 1}, {"q:a": 1}, {"@a b": "1"}, {"@a": {}},
    {"#text": ["a"]}, {"a": []}, {"a": {1, 2}}, {1: "a"}, {"@xmlns:q": "", "q:a": "1"}, {"@xmlns:a b": "urn:x"},
    {"a": "\x00"}, {"@a": "\ud800"}, {"a": b"x"}, {"a": dt.date(2024, 1, 1)},
]  # fmt: skip


@pytest.mark.parametrize("value", WRITTEN, ids=repr)
def test_free_values_come_back(value: Any) -> None:
    for form in (Form(free=value), Form(value=value)):
        assert xml.decode(xml.encode(form), Form) == form
    assert xml.decode(xml.encode({"root": value}, dict), dict) == {"root": value}


@pytest.mark.parametrize("value", REFUSED, ids=repr)
def test_free_values_without_a_form_are_refused_with_a_path(value: Any) -> None:
    with pytest.raises(EncodeError) as caught:
        xml.encode(Form(free=value))
    assert caught.value.path.startswith("/form/free")
    with pytest.raises(EncodeError):
        xml.encode({"root": value}, dict)


def test_names_of_the_fifth_edition_are_read() -> None:
    for name in ("\u0661", "\u2070"):  # expat, which knows the fourth edition, refuses them
        text = f"<form><free><{name}>1</{name}></free></form>"
        form = xml.decode(text, Form)
        assert form.free == {name: "1"}
        assert xml.encode(form).decode() == text


@define(kw_only=True)
class Para(Model):
    __wire__ = root("p")

    text: str | None = field(default=None, metadata=wire("text", xml=Xml(node="text")))
    b: list[str] | None = field(default=None, metadata=wire("b"))
    i: str | None = field(default=None, metadata=wire("i"))


@define(kw_only=True)
class Section(Model):
    __wire__ = root("p")

    text: str | None = field(default=None, metadata=wire("text", xml=Xml(node="cdata")))
    b: list[str] | None = field(default=None, metadata=wire("b"))


MIXED = [
    "<p>Hello <b>x</b> big <b>y</b> world</p>",
    "<p><b>x</b>after</p>",
    "<p>a<i>x</i>b<b>1</b><new>t</new>c<b>2</b><new/>d</p>",
    "<p>a<b>1</b><i>2</i><b>3</b> </p>",
    "<p> <b>1</b>t\n<b>2</b></p>",
]


@pytest.mark.parametrize("type_", [Para, Section])
@pytest.mark.parametrize("text", MIXED)
def test_mixed_content_keeps_its_order(type_: Any, text: str) -> None:
    value = xml.decode(text, type_)
    assert canonical(xml.encode(value)) == canonical(text.encode())
    value.text = "new"
    assert "new" in xml.encode(value).decode()
    assert xml.decode(xml.encode(value), type_).text == "new"


class Colour(StrEnum):
    RED = "red"


@define(kw_only=True)
class Nulls(Model):
    __wire__ = root("nulls")

    n: int | None = field(default=None, metadata=wire("n"))
    c: Colour | None = field(default=None, metadata=wire("c"))
    p: Point | None = field(default=None, metadata=wire("p"))
    w: list[int] | None = field(
        default=None, metadata=wire("w", xml=Xml(wrapped=True), items=at(xml=Xml(name="i")))
    )
    t: str | None = field(default=None, metadata=wire("t"))


@pytest.mark.parametrize("name", ["n", "c", "p", "w"])
def test_null_where_none_is_allowed_comes_back(name: str) -> None:
    text = (
        f'<nulls xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><{name} i:nil="true"/><t>x</t></nulls>'
    )
    for _ in range(4):
        for settings in (None, FULL):
            value = xml.decode(text, Nulls, settings=settings)
            assert canonical(xml.encode(value)) == canonical(text.encode())
    value.n = 5
    assert b"<n>5</n>" in xml.encode(value)


@pytest.mark.parametrize("attribute", ['i:type="s:int"', 'i:type="s:string" lang="en"', 'i:type="Nulls"'])
def test_a_type_that_tells_nothing_is_kept(attribute: str) -> None:
    head = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:s="http://www.w3.org/2001/XMLSchema"'
    for text in (
        f"<nulls {head}><t {attribute}>5</t></nulls>",
        f"<nulls {head}><w {attribute}><i {attribute}>5</i></w></nulls>",
    ):
        value = xml.decode(text, Nulls)
        written = xml.encode(value)
        assert canonical(written).replace(b"xsi:", b"") != b""
        assert xml.encode(xml.decode(written, Nulls)) == written
        assert written.count(b":type=") == text.count(":type=")


@define(kw_only=True)
class Marked(Model):
    """`patternProperties`, and ``additionalProperties: false``."""

    __wire__ = root("marked", closed=True, patterns=("^x-",), additional="marks")

    id: int | None = None
    marks: dict[str, int] = field(factory=dict)


@define(kw_only=True)
class Sized(Model):
    id: int | None = None
    size: int | None = None


@define(kw_only=True)
class Goods(Model):
    item: Marked | Sized


@pytest.mark.parametrize(
    ("name", "item"),
    [
        ("x-size", Marked(id=1, marks={"x-size": 3})),
        ("size", Sized(id=1, size=3)),
        ("weight", Sized(id=1)),
    ],
)
def test_names_of_further_members_tell_alternatives_by_their_patterns(name: str, item: Any) -> None:
    text = f"<Goods><item><id>1</id><{name}>3</{name}></item></Goods>"
    value = xml.decode(text, Goods)
    assert value.item == item
    assert xml.encode(value).decode() == text
    assert json.decode(f'{{"item": {{"id": 1, "{name}": 3}}}}', Goods).item == item
