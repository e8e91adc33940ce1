"""Unknown elements and attributes come back in their place, wherever they stand."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import define, field
from bindwright.runtime import Entries, Model, Xml, at, root, wire, xml
from lxml import etree

DCS = "http://schemas.microsoft.com/2003/10/Serialization/Arrays"
FULL = xml.Settings(speculate=False)


@define(kw_only=True)
class Item(Model):
    __wire__ = root("item")

    a: str | None = field(default=None, metadata=wire("a"))


@define(kw_only=True)
class Doc(Model):
    __wire__ = root("doc")

    kind: str | None = field(default=None, metadata=wire("kind", xml=Xml(node="attribute")))
    tags: list[str] | None = field(
        default=None, metadata=wire("tags", xml=Xml(wrapped=True), items=at(xml=Xml(name="tag")))
    )
    loose: list[int] | None = field(default=None, metadata=wire("loose"))
    items: list[Item] | None = field(
        default=None, metadata=wire("items", xml=Xml(wrapped=True), items=at(xml=Xml(name="item")))
    )
    single: Item | None = field(default=None, metadata=wire("one"))
    counts: dict[str, int] | None = field(default=None, metadata=wire("counts"))
    rows: list[list[int]] | None = field(
        default=None,
        metadata=wire(
            "rows",
            xml=Xml(wrapped=True),
            items=at(xml=Xml(name="row", wrapped=True), items=at(xml=Xml(name="c"))),
        ),
    )
    bare: list[list[int]] | None = field(
        default=None,
        metadata=wire("bare", items=at(xml=Xml(name="r", wrapped=True), items=at(xml=Xml(name="c")))),
    )
    lists: dict[str, list[int]] | None = field(
        default=None,
        metadata=wire("lists", values=at(xml=Xml(wrapped=True), items=at(xml=Xml(name="i")))),
    )
    either: list[str] | int | None = field(default=None, metadata=wire("either", xml=Xml(wrapped=True)))
    n: int | None = field(default=None, metadata=wire("n"))


class Items(list[Item]):
    """A list of a type of its own."""

    __wire__ = root("items", items=at(xml=Xml(name="item")))


class Counts(dict[str, int]):
    """A map of a type of its own."""

    __wire__ = root("counts")


@define(kw_only=True)
class Holder(Model):
    __wire__ = root("holder")

    items: Items | None = field(default=None, metadata=wire("items", xml=Xml(wrapped=True)))


@define(kw_only=True)
class Open(Model):
    """Members without a name are lists."""

    __wire__ = root("open", additional="more")

    n: int | None = field(default=None, metadata=wire("n"))
    more: dict[str, list[int]] = field(
        factory=dict, metadata=wire("more", values=at(xml=Xml(wrapped=True), items=at(xml=Xml(name="i"))))
    )


@define(kw_only=True)
class Plain(Model):
    """Members without a name are numbers."""

    __wire__ = root("plain", additional="more")

    more: dict[str, int] = field(factory=dict, metadata=wire("more"))


class Code(str):
    """A scalar of a type of its own."""

    __wire__ = root("code")


NAMED = [
    (Code, '<code unit="kg">A</code>'),
    (Items, '<items><x/><item><a>1</a><b/></item><y k="v">t</y><item/><z/></items>'),
    (Counts, '<counts><a unit="kg">1</a><b>2</b></counts>'),
    (Holder, "<holder><items><x/><item/><y/></items><z/></holder>"),
]

PLACES = {
    "first": '<doc><new a="1">x<y/>z</new><n>1</n></doc>',
    "between": "<doc><loose>1</loose><new/><loose>2</loose><n>1</n><last/></doc>",
    "on the root": '<doc kind="k" q:x="1" y="2" xmlns:q="urn:q"><n>1</n></doc>',
    "on a scalar": '<doc><n unit="kg">1</n></doc>',
    "on a list": '<doc><tags count="2"><tag>a</tag><tag>b</tag></tags></doc>',
    "on an empty list": '<doc><tags count="0"/></doc>',
    "on items": '<doc><tags><tag lang="en">a</tag><tag>b</tag><tag lang="de"></tag></tags></doc>',
    "on loose items": '<doc><loose>1</loose><loose z="1">2</loose></doc>',
    "among items": '<doc><tags><new/><tag>a</tag><x:new xmlns:x="urn:x" x:k="v">t</x:new><tag>b</tag><end/></tags></doc>',
    "among models": '<doc><items of="2"><item k="v"><a>1</a><b/></item><other/><item/></items></doc>',
    "in a model": '<doc><one k="v"><b>t</b><a>1</a><c/></one></doc>',
    "on a map": '<doc><counts w="1"><k>1</k><j d="1">2</j></counts></doc>',
    "on rows": '<doc><rows r="1"><row s="1"><c>1</c><c>2</c></row><more/><row></row></rows></doc>',
    "in rows": '<doc><rows><row><x/><c>1</c><c u="1">2</c><y k="v">t<z/></y></row><more/><row><only/></row></rows></doc>',
    "in rows with prefixes": '<doc><rows><row><q:x xmlns:q="urn:q" q:a="1">q</q:x><c>1</c></row></rows></doc>',
    "in rows without an element around": "<doc><r><c>1</c><x/></r><z/><r><y/><c>2</c></r></doc>",
    "in a map of lists": "<doc><lists><a><x/><i>1</i></a><b><i>2</i><i>3</i><y/></b></lists></doc>",
}


def canonical(document: bytes | str) -> bytes:
    """The same document for the same infoset, prefixes aside."""
    tree = etree.fromstring(document)
    for element in tree.iter():
        element.text = element.text or None
    return etree.tostring(without_prefixes(tree), method="c14n")


def without_prefixes(node: Any) -> Any:
    copied = etree.Element(node.tag, dict(sorted(node.attrib.items())), nsmap=None)
    copied.text, copied.tail = node.text, node.tail
    copied.extend(without_prefixes(child) for child in node)
    return copied


@pytest.mark.parametrize("place", PLACES)
def test_it_comes_back_in_its_place(place: str) -> None:
    for _ in range(3):  # so that the layout has been seen
        value = xml.decode(PLACES[place], Doc)
        assert canonical(xml.encode(value)) == canonical(PLACES[place])
    assert xml.decode(PLACES[place], Doc, settings=FULL)._extra == value._extra
    assert xml.decode(xml.encode(value), Doc)._extra == value._extra


@pytest.mark.parametrize(("type_", "document"), NAMED)
def test_lists_and_maps_of_a_named_type_keep_it_themselves(type_: Any, document: str) -> None:
    for _ in range(3):
        value = xml.decode(document, type_)
        assert canonical(xml.encode(value)) == canonical(document)
    plain = xml.encode(type_(value) if type_ is not Holder else Holder(items=Items(value.items)))
    assert b"<y" not in plain
    assert b"unit" not in plain


def test_in_members_without_a_name() -> None:
    for type_, document in (
        (Open, '<open k="v"><n u="1">1</n><a x="1"><y/><i z="2">1</i></a><b><i>2</i></b></open>'),
        (Plain, '<plain><a unit="kg">1</a><b>2</b></plain>'),
    ):
        for _ in range(3):
            assert canonical(xml.encode(xml.decode(document, type_))) == canonical(document)


def test_members_are_read_as_if_it_were_not_there() -> None:
    assert xml.decode(PLACES["among items"], Doc) == Doc(tags=["a", "b"])
    assert xml.decode(PLACES["among models"], Doc) == Doc(items=[Item(a="1"), Item()])
    assert xml.decode(PLACES["on a map"], Doc) == Doc(counts={"k": 1, "j": 2})


def test_attributes_stay_with_the_items_that_were_read() -> None:
    value = xml.decode(PLACES["on items"], Doc)
    assert value.tags is not None
    value.tags.pop(0)
    assert xml.encode(value) == b"<doc><tags><tag>b</tag><tag></tag></tags></doc>"
    value = xml.decode(PLACES["among items"], Doc)
    value.tags = []
    assert xml.encode(value) == (
        b'<doc><tags><new/><new xmlns="urn:x" xmlns:ns1="urn:x" ns1:k="v">t</new><end/></tags></doc>'
    )


def test_a_union_takes_the_member_that_leaves_nothing_unknown() -> None:
    assert xml.decode("<doc><either>5</either></doc>", Doc).either == 5
    value = xml.decode("<doc><either><either>x</either><f/></either></doc>", Doc)
    assert value.either == ["x"]


def test_an_item_in_another_namespace_is_unknown_content() -> None:
    for settings in (None, xml.Settings(namespaces="lenient")):
        text = '<doc><tags><tag xmlns="urn:x">a</tag><tag>b</tag></tags></doc>'
        value = xml.decode(text, Doc, settings=settings)
        assert value.tags == ["b"]
        assert xml.encode(value).decode() == text


@define(kw_only=True)
class Net(Model):
    __wire__ = root("Net", namespace="urn:net", profile="datacontract")

    labels: dict[str, str] | None = field(
        default=None, metadata=wire("Labels", entries=Entries(item="KeyValueOfstringstring", namespace=DCS))
    )
    names: list[str] | None = field(
        default=None,
        metadata=wire("Names", xml=Xml(wrapped=True), items=at(xml=Xml(name="string", namespace=DCS))),
    )


def test_in_profile_datacontract() -> None:
    entry = "<d2p1:KeyValueOfstringstring><d2p1:Key>k</d2p1:Key><d2p1:Value>v</d2p1:Value></d2p1:KeyValueOfstringstring>"
    document = (
        '<Net xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="urn:net">'
        f'<Labels xmlns:d2p1="{DCS}" a="1">{entry}<Odd>1</Odd></Labels>'
        f'<Names xmlns:d2p1="{DCS}"><d2p1:string b="2">x</d2p1:string><d2p1:more /></Names></Net>'
    )
    value = xml.decode(document, Net)
    assert value == Net(labels={"k": "v"}, names=["x"])
    assert canonical(xml.encode(value)) == canonical(document)


def test_unknown_content_of_entries_comes_back() -> None:
    document = (
        '<Net xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="urn:net">'
        f'<Labels xmlns:d2p1="{DCS}"><d2p1:KeyValueOfstringstring of="1"><d2p1:New /><d2p1:Key k="1">a</d2p1:Key>'
        '<Other x="2">t</Other><d2p1:Value v="3">b</d2p1:Value><d2p1:Last /></d2p1:KeyValueOfstringstring>'
        "<d2p1:KeyValueOfstringstring><d2p1:Key>c</d2p1:Key><d2p1:Value>d</d2p1:Value></d2p1:KeyValueOfstringstring>"
        "</Labels></Net>"
    )
    for _ in range(3):
        value = xml.decode(document, Net)
        assert value == Net(labels={"a": "b", "c": "d"})
        assert canonical(xml.encode(value)) == canonical(document)
    turned = document.replace('<d2p1:Key k="1">a</d2p1:Key>', "").replace(
        "<d2p1:Last />", '<d2p1:Key k="1">a</d2p1:Key>'
    )
    assert xml.decode(turned, Net) == value
    assert canonical(xml.encode(xml.decode(xml.encode(xml.decode(turned, Net)), Net))) == canonical(
        xml.encode(xml.decode(turned, Net))
    )


@define(kw_only=True)
class Turns(Model):
    """Two lists whose items stand in turn."""

    __wire__ = root("turns", additional="more")

    a: list[int] = field(factory=list, metadata=wire("a"))
    b: list[Item] = field(factory=list, metadata=wire("b"))
    n: int | None = field(default=None, metadata=wire("n"))
    more: dict[str, str] = field(factory=dict, metadata=wire("more"))


TURNS = [
    "<turns><a>1</a><item><a>x</a></item><a>2</a><item/><n>5</n><a>3</a></turns>",
    "<turns><n>1</n><item/><item/><a>1</a></turns>",
    "<turns><x>1</x><a>1</a><y>2</y><z>3</z><a>2</a><n>1</n></turns>",
    '<turns><item/><a u="1">1</a><item k="v"/><a>2</a></turns>',
]


@pytest.mark.parametrize("document", TURNS)
def test_items_of_lists_come_back_in_turn(document: str) -> None:
    for _ in range(3):
        value = xml.decode(document, Turns)
        assert canonical(xml.encode(value)) == canonical(document)
    value.a.append(9)
    assert xml.decode(xml.encode(value), Turns) == value
    value.a.clear()
    assert xml.decode(xml.encode(value), Turns) == value


@define(kw_only=True)
class Alike(Model):
    """Two members of one element's name."""

    __wire__ = root("alike")

    first: list[str] | None = field(
        default=None, metadata=wire("first", xml=Xml(name="x", wrapped=True), items=at(xml=Xml(name="i")))
    )
    second: list[str] | None = field(
        default=None, metadata=wire("second", xml=Xml(name="x", wrapped=True), items=at(xml=Xml(name="i")))
    )
    n: list[str] | None = field(
        default=None, metadata=wire("n", xml=Xml(wrapped=True), items=at(xml=Xml(name="i")))
    )


def test_in_members_of_one_name() -> None:
    document = '<alike><x u="1"><i>a</i></x><x u="2"><y/><i k="v">b</i></x><n><i>c</i><z/></n></alike>'
    for _ in range(3):
        assert canonical(xml.encode(xml.decode(document, Alike))) == canonical(document)
