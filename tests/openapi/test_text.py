"""Encodings, and the line and column of an offset."""

from __future__ import annotations

import codecs

import pytest
from bindwright.openapi import loads
from bindwright.openapi.text import text as text_module
from bindwright.openapi.text.text import Text, Undecodable, decode

DOCUMENT = 'openapi: "3.1.0"\ninfo: {title: "\u00fc \U0001f600", version: "1"}\npaths: {}\n'


@pytest.mark.parametrize(
    "data",
    [
        DOCUMENT.encode(),
        codecs.BOM_UTF8 + DOCUMENT.encode(),
        codecs.BOM_UTF16_LE + DOCUMENT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + DOCUMENT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + DOCUMENT.encode("utf-32-le"),
        codecs.BOM_UTF32_BE + DOCUMENT.encode("utf-32-be"),
        DOCUMENT.encode("utf-16-le"),
        DOCUMENT.encode("utf-16-be"),
        DOCUMENT.encode("utf-32-le"),
        DOCUMENT.encode("utf-32-be"),
    ],
)
def test_every_encoding_of_yaml(data: bytes) -> None:
    """YAML 1.2.2, 5.2."""
    document = loads(data)
    assert document.diagnostics.items == []
    assert document.root["info"]["title"] == "\u00fc \U0001f600"


@pytest.mark.parametrize("before", range(4))
def test_a_character_may_stand_where_two_pieces_meet(before: int) -> None:
    """A document is looked at by pieces; each octet of a character is once the last of its piece."""
    head = b"a: " + b"x" * (text_module._PIECE - 3 - before)
    assert decode(head + "\U0001f600".encode()).data.endswith(b"\xf0\x9f\x98\x80")
    with pytest.raises(Undecodable) as caught:
        decode(head + b"\n\xf0\x9f\x98")
    assert (caught.value.position.line, caught.value.position.column) == (2, 1)


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        (b"a: 1\nb: \xff\n", "invalid-utf8", 2, 4),
        ("a: \u00fc \u00fc".encode("latin-1"), "invalid-utf8", 1, 4),
        (b"a: \xed\xa0\x80", "invalid-utf8", 1, 4),
        ("\u00fc: 1\nb: x\0y".encode(), "nul-character", 2, 5),
        (codecs.BOM_UTF16_LE + b"a\0:", "invalid-encoding", 1, 1),
        (codecs.BOM_UTF16_BE + b"\xd8\x00\x00a", "invalid-encoding", 1, 1),
    ],
)
def test_bytes_that_are_no_text(data: bytes, code: str, line: int, column: int) -> None:
    with pytest.raises(Undecodable) as caught:
        decode(data)
    error = caught.value
    assert (error.code, error.position.line, error.position.column) == (code, line, column)
    document = loads(data)
    assert [item.code for item in document.diagnostics.items] == [code]
    assert document.root == {}


def test_lines_end_as_yaml_says() -> None:
    text = Text("a\r\nb\rc\nd\u2028e".encode())
    places = {sign: text.at(text.string.index(sign)) for sign in "abcde"}
    assert {sign: (place.line, place.column) for sign, place in places.items()} == {
        "a": (1, 1),
        "b": (2, 1),
        "c": (3, 1),
        "d": (4, 1),
        "e": (4, 3),
    }
    assert places["b"].text == "b"
    assert text.at(10_000).line == 4
