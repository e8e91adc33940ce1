"""Odd names that documents have: one element name for two members, the namespace of xsi for elements."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import define, field
from bindwright.ir.model import XmlObject
from bindwright.runtime import DecodeError, Model, Xml, root, wire, xml

from tests.meaning.driver import generate


@define(kw_only=True)
class Song(Model):
    __wire__ = root("song")
    by: str | None = field(default=None, metadata=wire("by", xml=Xml(name="artist")))
    featuring: str | None = field(default=None, metadata=wire("featuring", xml=Xml(name="artist")))


def test_they_are_filled_in_order() -> None:
    song = Song(by="A", featuring="B")
    text = xml.encode(song)
    assert text == b"<song><artist>A</artist><artist>B</artist></song>"
    assert xml.decode(text, Song) == song


def test_one_too_many_is_still_an_error() -> None:
    with pytest.raises(DecodeError, match="a second one"):
        xml.decode(b"<song><artist/><artist/><artist/></song>", Song)


@pytest.mark.parametrize("namespaces", [("a&#9;b", "relative"), ("relative", "a b"), ("a b", "c d")])
def test_a_namespace_that_is_no_uri_may_stand_beside_one_that_is_relative(
    namespaces: tuple[str, str],
) -> None:
    """Namespaces in XML 1.0, 2.2 deprecates relative ones; neither is a matter of well-formedness."""
    outer, inner = namespaces
    document = f'<song><artist>A</artist><x xmlns="{outer}"><y xmlns="{inner}"/></x></song>'
    assert xml.decode(document.encode(), Song).by == "A"
    with pytest.raises(DecodeError):
        xml.decode(document.replace("</x>", "").encode(), Song)


@define(kw_only=True)
class Ad(Model):
    __wire__ = root("Ad", namespace="http://www.w3.org/2001/XMLSchema-instance")
    title: str | None = field(default=None, metadata=wire("title"))


@define(kw_only=True)
class Ads(Model):
    __wire__ = root("Ads")
    ad: Ad | None = field(default=None, metadata=wire("Ad"))


def test_elements_in_the_namespace_of_xsi_declare_it() -> None:
    """Documents have that: it is well-formed, if odd."""
    ads = Ads(ad=Ad(title="x"))
    assert xml.decode(xml.encode(ads), Ads) == ads


@define(kw_only=True)
class Grantee(Model):
    __wire__ = root("Grantee")
    kind: str = field(
        metadata=wire(
            "Type",
            xml=Xml(name="type", namespace="http://www.w3.org/2001/XMLSchema-instance", node="attribute"),
        )
    )
    id: str | None = field(default=None, metadata=wire("ID"))


def test_a_member_may_be_the_attribute_that_tells_types() -> None:
    grantee = Grantee(kind="CanonicalUser", id="x")
    text = xml.encode(grantee)
    assert b' xsi:type="CanonicalUser"' in text
    assert xml.decode(text, Grantee) == grantee


@define(kw_only=True)
class Declaring(Model):
    __wire__ = root("status")
    xmlns: str | None = field(default=None, metadata=wire("xmlns", xml=Xml(node="attribute")))
    code: str | None = field(default=None, metadata=wire("code", xml=Xml(node="attribute")))


@define(kw_only=True)
class Insisting(Model):
    __wire__ = root("status")
    xmlns: str = field(metadata=wire("xmlns", xml=Xml(node="attribute")))


def test_a_namespace_declaration_is_no_attribute() -> None:
    """What is written must be what we read: a member called so is left out, or refused where it is required."""
    text = xml.encode(Declaring(xmlns="urn:x", code="ok"))
    assert text == b'<status code="ok"/>'
    assert xml.decode(text, Declaring) == Declaring(code="ok")
    with pytest.raises(TypeError, match="namespace declaration"):
        xml.encode(Insisting(xmlns="urn:x"))


@define(kw_only=True)
class Entry(Model):
    __wire__ = root("Page[Entry]")
    site: str | None = field(default=None, metadata=wire("Site name"))
    digest: str | None = field(default=None, metadata=wire("x5t#S256", xml=Xml(node="attribute")))


def test_names_that_xml_cannot_have_are_written_as_dotnet_writes_them() -> None:
    entry = Entry(site="a", digest="b")
    text = xml.encode(entry)
    assert text == (
        b'<Page_x005B_Entry_x005D_ x5t_x0023_S256="b"><Site_x0020_name>a</Site_x0020_name></Page_x005B_Entry_x005D_>'
    )
    assert xml.decode(text, Entry) == entry


@define(kw_only=True)
class Vehicle(Model):
    __wire__ = root("Vehicle")
    number: str = field(metadata=wire("number", xml=Xml(node="attribute")))
    maker: dict[str, Any] | None = field(default=None, metadata=wire("maker", xml=Xml(node="attribute")))
    entry: Entry | None = field(default=None, metadata=wire("entry", xml=Xml(node="attribute")))


def test_what_has_members_is_no_attribute_whatever_the_document_says() -> None:
    vehicle = Vehicle(number="1", maker={"name": "x"}, entry=Entry(site="a"))
    text = xml.encode(vehicle)
    assert text.startswith(b'<Vehicle number="1"><maker><name>x</name></maker><')
    assert xml.decode(text, Vehicle) == vehicle


@define(kw_only=True)
class Facet(Model):
    __wire__ = root("Facet")
    mentions: list[str] = field(metadata=wire("mentions"))
    entries: list[Entry] = field(metadata=wire("entries", xml=Xml(wrapped=True)))


def test_a_required_list_without_an_element_of_its_own_may_be_empty() -> None:
    facet = Facet(mentions=[], entries=[])
    text = xml.encode(facet)
    assert text == b"<Facet><entries/></Facet>"
    assert xml.decode(text, Facet) == facet
    with pytest.raises(DecodeError, match="expected <entries>"):  # this one has an element
        xml.decode(b"<Facet/>", Facet)


EMPTY = """
    '':
      type: object
      properties:
        '': {type: string, xml: {attribute: true}}
        id: {type: integer}
    Holder:
      type: object
      properties: {'': {type: array, items: {type: integer}}, own: {$ref: '#/components/schemas/'}}
"""


def test_what_is_called_nothing_has_a_name_in_xml() -> None:
    """Components, attributes and elements: the IR says what the runtime writes."""
    package = generate(EMPTY)
    models: Any = package.models
    text = b'<Holder><_x_>1</_x_><_x_>2</_x_><own _x_="x"><id>1</id></own></Holder>'
    assert xml.encode(xml.decode(text, models.Holder)) == text
    assert xml.encode(xml.decode(b'<_x_ _x_="x"/>', models.Empty)) == b'<_x_ _x_="x"/>'
    content = package.api.xml["#/components/schemas/"]
    assert isinstance(content, XmlObject)
    assert [node.name for node in content.attributes] == ["_x_"]
    root_ = package.api.types["#/components/schemas/"].root
    assert root_ is not None
    assert root_.name == "_x_"
