"""An item that deviates from its list's layout is read apart: the same value, at the cost of that item."""

from __future__ import annotations

import random
import re
from enum import StrEnum
from typing import Any

import pytest
from attrs import define, field
from bindwright.runtime import Model, Xml, at, deviations, root, wire, xml
from bindwright.runtime.errors import DecodeError
from bindwright.runtime.xml.codec import XmlCodec
from bindwright.runtime.xml.fast import rows

from tests.xml.test_both_paths import kept, mutated
from tests.xml.test_hostile import PIECES


class Tier(StrEnum):
    HOT = "hot"
    COLD = "cold & dry"


@define(kw_only=True)
class Owner(Model):
    name: str | None = field(default=None, metadata=wire("Name"))
    id: int = field(metadata=wire("Id"))


@define(kw_only=True)
class Blob(Model):
    __wire__ = root("Blob")

    key: str = field(metadata=wire("Key"))
    size: int | None = field(default=None, metadata=wire("Size", format="int64"))
    ratio: float | None = field(default=None, metadata=wire("Ratio"))
    tier: Tier | None = field(default=None, metadata=wire("Tier"))
    locked: bool | None = field(default=None, metadata=wire("Locked"))
    owner: Owner | None = field(default=None, metadata=wire("Owner"))
    parts: list[Owner] | None = field(default=None, metadata=wire("Part"))
    tags: dict[str, str] | None = field(default=None, metadata=wire("Tags"))
    """No expression has a map: a document in which an item has one shows whether the others are matched."""


@define(kw_only=True)
class Wrapped(Model):
    """Items in an element of their own, as Azure's storage lists them."""

    __wire__ = root("EnumerationResults")

    prefix: str | None = field(default=None, metadata=wire("Prefix"))
    blobs: list[Blob] | None = field(
        default=None, metadata=wire("Blobs", xml=Xml(wrapped=True), items=at(xml=Xml(name="Blob")))
    )
    marker: str | None = field(default=None, metadata=wire("NextMarker"))


@define(kw_only=True)
class Inner(Model):
    blobs: list[Blob] | None = field(default=None, metadata=wire("Blob"))
    count: int | None = field(default=None, metadata=wire("Count"))


@define(kw_only=True)
class Nested(Model):
    """Items within an element that is none of a list, as Amazon's queues answer."""

    __wire__ = root("Answer")

    result: Inner | None = field(default=None, metadata=wire("Result"))
    id: str | None = field(default=None, metadata=wire("RequestId"))


@define(kw_only=True)
class Noted(Model):
    key: str = field(metadata=wire("Key"))
    note: str | None = field(default=None, metadata=wire("Note"))


@define(kw_only=True)
class Container(Model):
    __wire__ = root("Container")

    endpoint: str | None = field(default=None, metadata=wire("Endpoint", xml=Xml(node="attribute")))
    name: str | None = field(default=None, metadata=wire("Name", xml=Xml(node="attribute")))
    blobs: list[Noted] | None = field(
        default=None, metadata=wire("Blobs", xml=Xml(wrapped=True), items=at(xml=Xml(name="Blob")))
    )
    following: str | None = field(default=None, metadata=wire("Next"))


@define(kw_only=True)
class Loose(Model):
    __wire__ = root("Bucket", namespace="urn:x:bucket")

    name: str | None = field(default=None, metadata=wire("Name"))
    blobs: list[Blob] | None = field(default=None, metadata=wire("Blob"))


def item(number: int, source: random.Random) -> str:
    owner = f"<Owner><Name>o{number}</Name><Id>{number}</Id></Owner>" if source.random() < 0.5 else ""
    size = f"<Size>{source.randrange(10**9)}</Size>" if source.random() < 0.9 else ""
    text = source.choice(["a", "&quot;q&quot;", "ä", ""])
    tier = source.choice(["hot", "cold &amp; dry"])
    return (
        f"<Blob><Key>{text}{number}</Key>{size}<Ratio>0.{number}</Ratio><Tier>{tier}</Tier>"
        f"<Locked>{'true' if number % 2 else 'false'}</Locked>{owner}</Blob>"
    )


FORMS: dict[str, tuple[Any, str, str]] = {
    "wrapped": (
        Wrapped,
        "<EnumerationResults><Prefix>p</Prefix><Blobs>",
        "</Blobs><NextMarker>m</NextMarker></EnumerationResults>",
    ),
    "nested": (
        Nested,
        "<Answer><Result>",
        "<Count>7</Count></Result><RequestId>r</RequestId></Answer>",
    ),
    "loose": (Loose, '<?xml version="1.0"?><Bucket xmlns="urn:x:bucket"><Name>n</Name>', "</Bucket>"),
    "list": (list[Blob], "<ArrayOfBlob>", "</ArrayOfBlob>"),
}

DEVIATIONS = {
    "a comment": ("<Key>", "<!-- <Blob> --><Key>"),
    "a comment before it": ("<Blob>", "<!-- b --><Blob>"),
    "an instruction": ("<Ratio>", "<?x <Blob> ?><Ratio>"),
    "a section": ("<Key>", "<Key><![CDATA[</Blob>]]>"),
    "a sign": ("<Key>", "<Key>>"),
    "a character": ("<Key>", "<Key>&#x41;"),
    "an unknown element": ("<Ratio>", "<More><Blob/>1</More><Ratio>"),
    "an unknown attribute": ("<Blob>", "<Blob a='>'>"),
    "an attribute of a member": ("<Ratio>", '<Ratio unit="x">'),
    "an exponent": ("<Ratio>0", "<Ratio>1e3"),
    "another order": ("<Blob>", "<Blob><Part><Id>5</Id></Part>"),
    "a map": ("</Locked>", "</Locked><Tags><a>1</a></Tags>"),
    "a declaration": ("<Ratio>", '<Ratio xmlns:p="urn:p">'),
    "another namespace": ("<Key>", '<x xmlns="urn:other">1</x><Key>'),
    "space": ("<Key>", "\n <Key>"),
    "a boolean in digits": ("true</Locked>", "1</Locked>"),
    "a long integer": ("</Ratio>", "</Ratio><Part><Id>99999999999999999999</Id></Part>"),
    "a word that is not listed": ("<Tier>", "<Tier>x"),
    "no number": ("<Ratio>", "<Ratio>x"),
    "a missing member": ("<Owner>", "<Owner><Id/>"),
    "a null": ("<Key>", '<Key xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/><!---->'),
}
"""What is replaced in one item, and what by; the last ones do not fit the type."""


def document(form: str, changed: str | None, count: int = 40) -> bytes:
    source = random.Random(form)
    items = [item(number, source) for number in range(count)]
    if changed is not None:
        before, after = DEVIATIONS[changed]
        number = next(number for number in range(count // 2, count) if before in items[number])
        items[number] = items[number].replace(before, after, 1)
    _, start, end = FORMS[form]
    return (start + "".join(items) + end).encode()


def outcome(read: Any, data: bytes) -> Any:
    try:
        value = read(data)
    except DecodeError as error:
        return "error", str(error)
    return "value", repr(value), list(kept(value)), deviations(value)


def codecs(form: str, values: Any) -> tuple[XmlCodec, XmlCodec]:
    fast, full = (
        XmlCodec(FORMS[form][0], None, None, xml.Settings(values=values, speculate=speculate))
        for speculate in (True, False)
    )
    for _ in range(3):
        fast.decode(document(form, None))
    assert fast._learnt.matchers
    return fast, full


@pytest.mark.parametrize("values", ["strict", "lenient"])
@pytest.mark.parametrize("form", FORMS)
def test_an_item_that_deviates_is_read_as_in_full(form: str, values: Any) -> None:
    fast, full = codecs(form, values)
    for changed in DEVIATIONS:
        for count in (1, 5, 40, 600):
            try:
                data = document(form, changed, count)
            except StopIteration:  # no item has what is to be replaced
                continue
            assert outcome(fast.decode, data) == outcome(full.decode, data), (changed, count)


@pytest.mark.parametrize("form", FORMS)
def test_items_in_lines_that_deviate_are_read_as_in_full(form: str) -> None:
    fast, full = (
        XmlCodec(FORMS[form][0], None, None, xml.Settings(speculate=speculate)) for speculate in (True, False)
    )

    def indented(data: bytes) -> bytes:
        return xml.encode(full.decode(data), FORMS[form][0], settings=xml.Settings(indent="  "))

    plain = indented(document(form, None))
    for _ in range(3):
        fast.decode(plain)
    assert fast._learnt.matchers
    for before, after in DEVIATIONS.values():
        data = plain.replace(before.encode(), after.encode(), 1)
        assert outcome(fast.decode, data) == outcome(full.decode, data), after


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("changed", [*DEVIATIONS][:16])
def test_one_item_costs_itself(form: str, changed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The document is not read in full: only what a test of one item's text would not show."""
    if changed == "an unknown attribute" and form == "list":
        pytest.skip("kept by the document")
    fast, _ = codecs(form, "lenient")
    data = document(form, changed)

    def in_full(*_: object, **__: object) -> Any:
        raise AssertionError("read in full")

    monkeypatch.setattr(fast, "_read_in_full", in_full)
    fast.decode(data)


def test_many_items_that_deviate_are_not_read_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    fast, full = codecs("wrapped", "strict")
    data = re.sub(rb"<Ratio>0", b"<Ratio>1e3", document("wrapped", None, 400))
    times = []
    read = fast._read_in_full
    monkeypatch.setattr(fast, "_read_in_full", lambda *a, **k: times.append(1) or read(*a, **k))  # type: ignore[func-returns-value]
    assert outcome(fast.decode, data) == outcome(full.decode, data)
    assert times


@pytest.mark.parametrize(("deviating", "most"), [(400, 1), (300, 4 + 100 // 16)])
def test_where_the_first_items_deviate_one_is_read_apart(
    deviating: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A document in another order is none of the layout: each item that is read apart costs as much as two dozen others."""
    fast, full = codecs("wrapped", "strict")
    before, *others = document("wrapped", None, 400).split(b"<Ratio>")
    first = 400 - deviating
    data = b"<Ratio>".join([before, *others[:first]])
    data += b"".join(b"<More>1</More><Ratio>" + other for other in others[first:])
    trees: list[int] = []
    tree_of = rows.tree_of
    monkeypatch.setattr(rows, "tree_of", lambda *arguments: trees.append(1) or tree_of(*arguments))  # type: ignore[func-returns-value]
    assert outcome(fast.decode, data) == outcome(full.decode, data)
    assert 0 < len(trees) <= most


@pytest.mark.parametrize("values", ["strict", "lenient"])
@pytest.mark.parametrize("form", FORMS)
def test_mutations_of_lists_are_read_as_in_full(form: str, values: Any) -> None:
    fast, full = codecs(form, values)
    source = random.Random(form + values)
    texts = [document(form, None, count) for count in (1, 3, 12)]
    for _ in range(300):
        data = mutated(source.choice(texts), source, PIECES, source.choice(texts))
        assert outcome(fast.decode, data) == outcome(full.decode, data), data


def test_a_root_with_attributes_and_empty_elements_is_matched() -> None:
    """As Azure's storage answers."""
    type_ = Container
    source = random.Random(4)

    def document(name: str, count: int) -> bytes:
        blobs = "".join(
            f"<Blob><Key>k{number}</Key>{source.choice(['<Note />', '<Note></Note>', '<Note>n</Note>', ''])}</Blob>"
            for number in range(count)
        )
        return f'<Container Endpoint="https://x/{name}" Name="{name}"><Blobs>{blobs}</Blobs><Next /></Container>'.encode()

    fast, full = (
        XmlCodec(type_, None, None, xml.Settings(speculate=speculate)) for speculate in (True, False)
    )
    for count in (3, 20, 3, 40):
        data = document("a", count)
        assert outcome(fast.decode, data) == outcome(full.decode, data)
    assert fast._learnt.matchers
    texts = [document(name, count) for name in ("b", "c &amp; d", "") for count in (0, 1, 12)]
    for data in texts + [
        mutated(source.choice(texts), source, PIECES, source.choice(texts)) for _ in range(300)
    ]:
        assert outcome(fast.decode, data) == outcome(full.decode, data), data
    for data in (b"<Container/>", b'<Container Name="a"/>', b'<Container Name="b" />'):
        for _ in range(3):
            assert outcome(fast.decode, data) == outcome(full.decode, data), data


@pytest.mark.parametrize("form", FORMS)
def test_a_layout_is_learnt_of_documents_with_items_that_do_not_fit(form: str) -> None:
    """A server whose every page has one."""
    settings = xml.Settings(values="lenient")
    fast = XmlCodec(FORMS[form][0], None, None, settings)
    full = XmlCodec(FORMS[form][0], None, None, xml.Settings(values="lenient", speculate=False))
    for changed in ("no number", "a word that is not listed", "a missing member"):
        data = document(form, changed)
        for _ in range(3):
            assert outcome(fast.decode, data) == outcome(full.decode, data)
    assert fast._learnt.matchers
