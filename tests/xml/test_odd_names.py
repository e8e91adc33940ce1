"""Odd names that documents have: one element name for two members, the namespace of xsi for elements."""

from __future__ import annotations

import pytest
from attrs import define, field
from bindwright.runtime import DecodeError, Model, Xml, root, wire, xml


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
    one = Grantee(kind="CanonicalUser", id="x")
    text = xml.encode(one)
    assert b' xsi:type="CanonicalUser"' in text
    assert xml.decode(text, Grantee) == one


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
