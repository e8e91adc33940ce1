"""``values="lenient"``: what does not fit is kept as it came, and told; what fits is read as strictly as else."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from attrs import define, field
from bindwright.runtime import Choice, Model, Xml, at, deviations, root, wire, xml
from bindwright.runtime.errors import DecodeError
from lxml import etree

LENIENT = xml.Settings(values="lenient")


@define(kw_only=True)
class Cat(Model):
    __wire__ = root("Cat")

    kind: str = field(metadata=wire("kind"))
    lives: int = field(metadata=wire("lives"))


@define(kw_only=True)
class Dog(Model):
    __wire__ = root("Dog")

    kind: str = field(metadata=wire("kind"))


@define(kw_only=True)
class Row(Model):
    __wire__ = root("row")

    id: int = field(metadata=wire("id"))
    size: int | None = field(default=None, metadata=wire("size", xml=Xml(node="attribute")))
    sent: dt.datetime | None = field(default=None, metadata=wire("sent"))
    pet: Cat | Dog | None = field(
        default=None,
        metadata=wire("pet", choice=Choice(discriminator="kind", mapping={"cat": "Cat", "dog": "Dog"})),
    )
    counts: dict[str, int] | None = field(default=None, metadata=wire("counts"))
    pair: tuple[int, str] | None = field(default=None, metadata=wire("pair", xml=Xml(wrapped=True)))


@define(kw_only=True)
class Page(Model):
    __wire__ = root("page")

    total: int = field(metadata=wire("total"))
    rows: list[Row] = field(factory=list, metadata=wire("row", items=at(xml=Xml(name="row"))))


WRONG: dict[str, tuple[str, Any]] = {
    "a wrong scalar": ("<row><id>one</id></row>", "one"),
    "nothing": ("<row><size>1</size></row>", None),
    "an empty text": ("<row><id/></row>", ""),
    "an element": ("<row><id><a>1</a></id></row>", {"a": "1"}),
    "null": ('<row><id i:nil="true" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"/></row>', None),
    "a second one": ("<row><id>1</id><id>2</id></row>", 1),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_member_that_does_not_fit_is_kept(name: str) -> None:
    text, kept = WRONG[name]
    with pytest.raises(DecodeError):
        xml.decode(text, Row)
    for _ in range(3):
        row = xml.decode(text, Row, settings=LENIENT)
        assert row.id == kept
        (deviation,) = deviations(row)
        assert deviation.path.startswith("/row")


def test_a_bad_row_does_not_lose_the_page() -> None:
    text = (
        '<page><total>many</total><row size="x"><id>1</id><sent>29/02/2024</sent></row>'
        "<row><id>2</id><pet><kind>emu</kind><lives>1</lives></pet></row>"
        "<row><id>3</id><counts><a>1</a><b>x</b></counts><pair><a>1</a></pair></row>between"
        "<row><id>4</id><pet><kind>cat</kind></pet></row></page>"
    )
    page = xml.decode(text, Page, settings=LENIENT)
    assert page.total == "many"
    assert [row.id for row in page.rows] == [1, 2, 3, 4]
    assert (page.rows[0].size, page.rows[0].sent) == ("x", "29/02/2024")
    assert page.rows[1].pet == {"kind": "emu", "lives": "1"}
    assert page.rows[2].counts == {"a": 1, "b": "x"}
    assert page.rows[2].pair == {"a": "1"}
    assert page.rows[3].pet == Cat(kind="cat", lives=None)  # type: ignore[arg-type]
    assert sorted(deviation.path for deviation in deviations(page)) == [
        "/page", "/page/row[1]/@size", "/page/row[1]/sent", "/page/row[2]/pet", "/page/row[3]/counts/b",
        "/page/row[3]/pair/a", "/page/row[4]/pet", "/page/total",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["", "<row>", "<Error><Code>1</Code></Error>", "<row><id>1</row>", "<!DOCTYPE row><row/>"]
)
def test_what_is_no_document_is_an_error(text: str) -> None:
    with pytest.raises(DecodeError):
        xml.decode(text, Row, settings=LENIENT)


def test_what_conforms_has_no_deviations() -> None:
    text = '<page><total>1</total><row size="2"><id>1</id><pet><kind>dog</kind></pet></row></page>'
    for _ in range(4):
        page = xml.decode(text, Page, settings=LENIENT)
        assert page == xml.decode(text, Page)
        assert deviations(page) == ()


@define(kw_only=True)
class Lists(Model):
    """Has lists without elements of their own, which an empty element says, too."""

    __wire__ = root("Lists")

    ids: list[int] = field(metadata=wire("ids"))
    pets: list[Dog] = field(metadata=wire("pets"))


@pytest.mark.parametrize("text", [b"<row/>", b"<row></row>"])
def test_an_empty_root_is_read_again_and_again(text: bytes) -> None:
    """Its layout is learnt from what stands there, and nothing does."""
    for _ in range(20):
        row = xml.decode(text, Row, settings=LENIENT)
        assert row == Row(id=None)  # type: ignore[arg-type]
        assert len(deviations(row)) == 1
        assert xml.decode(text.replace(b"row", b"Lists"), Lists) == Lists(ids=[], pets=[])
    assert xml.decode(b"<row><id>1</id></row>", Row, settings=LENIENT) == Row(id=1)


@pytest.mark.parametrize(
    "text",
    [
        '<doc><doc k="1">1</doc>t<x/><doc/></doc>',
        '<doc u="1"><a>1</a>t<b>2</b><a>2</a></doc>',
        '<doc u="1"><b>2</b></doc>',
        '<doc u="1">\n <a>1</a>t<b>2</b>\n <a>2</a>\n</doc>',
        '<doc u="1">\n <b>2</b>\n</doc>',
    ],
)
@pytest.mark.parametrize("type_", [tuple[int, int], int])
def test_a_document_that_is_kept_as_a_free_value_holds_everything(text: str, type_: Any) -> None:
    """What was set aside of it before it was refused was kept a second time, or was an error."""
    how = xml.Settings(values="lenient")
    value = xml.decode(text, type_, wire=root("doc"), settings=how)
    assert isinstance(value, dict)
    assert getattr(value, "_extra", None) is None or not value._extra.attributes
    written = xml.encode(value, type_, wire=root("doc"), settings=how)
    assert etree.canonicalize(written.decode(), strip_text=True) == etree.canonicalize(text, strip_text=True)
