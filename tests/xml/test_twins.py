"""Two members with one element name: documents whose component names the element, used by two properties."""

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
