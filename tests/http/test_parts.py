"""Answers in parts without names (`multipart/mixed` with `itemSchema`): as they come, at once, and broken."""

from __future__ import annotations

import email
from collections.abc import AsyncIterator
from typing import Any

import pytest
from attrs import define, field
from bindwright.runtime import Model, at, wire
from bindwright.runtime.errors import DecodeError
from bindwright.runtime.http import UndecodableBody
from bindwright.runtime.http.model.operation import Content, Part, Response
from bindwright.runtime.http.response.parts import PartSplitter
from hypothesis import given
from hypothesis import strategies as st

from tests.http import shop
from tests.http.both import Caller
from tests.http.loopback import always, serve
from tests.http.test_streaming import collected, listing, pieces

TYPE = 'multipart/mixed; boundary="a b"'
BODY = (
    b'preamble\r\n--a b\r\nContent-Type: application/json\r\n\r\n{"Name":"Rex"}'
    b"\r\n--a b  \r\ncontent-type: text/xml\r\nX-Other: 1\r\n\r\n<Pet><Name>Tom</Name><Age>2</Age></Pet>\r\n--a b--\r\nepilogue"
)
PETS = [shop.Pet(name="Rex"), shop.Pet(name="Tom", age=2)]


@pytest.mark.parametrize("size", [1, 7, 100_000])
@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
@pytest.mark.parametrize(
    "facts", [{"item_type": "Pet"}, {"type_": "list[Pet]"}, {"type_": "tuple[Pet, Pet]"}]
)
def test_parts_are_items_of_their_media_types(
    caller: Caller, size: int, end: bytes, facts: dict[str, Any]
) -> None:
    operation = listing("multipart/mixed", positional=True, **facts)
    with serve(pieces(BODY.replace(b"\r\n", end), TYPE, size)) as server:
        client = caller.client(server.url)
        assert collected(caller, client, operation, "iter_items") == PETS
        assert [*caller.call(client, operation)] == PETS


def test_octets_text_and_numbers(caller: Caller) -> None:
    def body(*parts: bytes) -> bytes:
        return b"".join(b"--b\r\n" + part + b"\r\n" for part in parts) + b"--b--"

    octets = body(
        b"Content-Type: image/png\r\n\r\n\r\n--b\0", b"Content-Transfer-Encoding: base64\r\n\r\n/w=="
    )
    mixed = body(
        b'Content-Type: application/json\r\n\r\n{"Name":"Rex"}', b"Content-Type: image/png\r\n\r\n\xff"
    )
    cases = [
        ("bytes", octets, [b"\r\n--b\0", b"\xff"]),
        ("Pet | bytes", mixed, [PETS[0], b"\xff"]),
        ("str", body(b"\r\na", b"content-type: text/plain; charset=latin-1\r\n\r\n\xe9"), ["a", "é"]),
        ("int", body(b"\r\n1", b"Content-Type: application/json\r\n\r\n2"), [1, 2]),
        ("int", b"--b--", []),
    ]
    for type_, sent, expected in cases:
        with serve(pieces(sent, "multipart/mixed; boundary=b", 5)) as server:
            operation = listing("multipart/mixed", item_type=type_, positional=True)
            assert collected(caller, caller.client(server.url), operation, "iter_items") == expected
    # Where the document says base64, the transfer encoding is the same, and not one more.
    coded = body(b"Content-Transfer-Encoding: base64\r\n\r\n/w==", b"\r\n/g==")
    operation = listing("multipart/mixed", item_type="bytes", item_wire=at(format="byte"), positional=True)
    with serve(pieces(coded, "multipart/mixed; boundary=b", 5)) as server:
        assert collected(caller, caller.client(server.url), operation, "iter_items") == [b"\xff", b"\xfe"]


@pytest.mark.parametrize(
    ("body", "media_type"),
    [(BODY[:-14], TYPE), (b"", TYPE), (BODY, "multipart/mixed"), (BODY.replace(b'{"Name', b"{Name"), TYPE)],
)
def test_what_is_broken_is_told(caller: Caller, body: bytes, media_type: str) -> None:
    operation = listing("multipart/mixed", item_type="Pet", positional=True)
    with serve(always(lambda wire, heard: wire.answer(200, body, media_type))) as server:
        client = caller.client(server.url)
        with pytest.raises(UndecodableBody):
            collected(caller, client, operation, "iter_items")
        with pytest.raises(UndecodableBody):
            caller.call(client, operation)


def test_a_part_is_bounded() -> None:
    parts = PartSplitter("b", limit=1000)
    assert len(list(parts.feed(b"--b\r\n\r\nx\r\n--b\r\n\r\n"))) == 1
    assert not list(parts.feed(b"x" * 900))
    with pytest.raises(DecodeError, match="1000 bytes"):
        list(parts.feed(b"x" * 900))


@given(
    st.lists(st.binary(max_size=40).filter(lambda part: b"--b" not in part), max_size=5), st.integers(1, 50)
)
def test_whatever_the_pieces_are(contents: list[bytes], size: int) -> None:
    body = b"".join(b"--b\r\n\r\n" + content + b"\r\n" for content in contents) + b"--b--"
    parts, received = PartSplitter("b"), []
    for start in range(0, len(body), size):
        received += [content for _, content in parts.feed(body[start : start + size])]
    received += [content for _, content in parts.finish()]
    assert received == contents


META = "multipart/form-data; boundary=b"


def in_parts(*parts: bytes) -> bytes:
    return b"".join(b"--b\r\n" + part + b"\r\n" for part in parts) + b"--b--\r\n"


def test_named_parts_are_members(caller: Caller) -> None:
    body = in_parts(
        b'Content-Disposition: form-data; name="Name"\r\n\r\nRex',
        b"Content-ID: <Age>\r\nContent-Type: application/json\r\n\r\n2",
    )
    for type_, expected in [
        ("Pet", shop.Pet(name="Rex", age=2)),
        ("dict[str, bytes]", {"Name": b"Rex", "Age": b"2"}),
        ("dict[str, str | int]", {"Name": "Rex", "Age": 2}),
    ]:
        operation = listing(META, type_)
        with serve(always(lambda wire, heard: wire.answer(200, body, META))) as server:
            assert caller.call(caller.client(server.url), operation) == expected
    nameless = always(lambda wire, heard: wire.answer(200, in_parts(b"\r\nx"), META))
    with serve(nameless) as server, pytest.raises(UndecodableBody, match="parts of Pet"):
        caller.call(caller.client(server.url), listing(META, "Pet"))


def test_names_of_parts_are_as_forms_write_them(caller: Caller) -> None:
    names = [b'; name="a%22b"', rb'; name="c\"d"', '; name="\xe9"'.encode(), b"; name*=utf-8''%E2%82%AC"]
    body = in_parts(*(b"Content-Disposition: form-data" + name + b"\r\n\r\nx" for name in names))
    with serve(always(lambda wire, heard: wire.answer(200, body, META))) as server:
        value = caller.call(caller.client(server.url), listing(META, "dict[str, str]"))
    assert value == dict.fromkeys(['a"b', 'c"d', "\xe9", "\u20ac"], "x")


def sent(caller: Caller, content: Content, body: Any) -> list[tuple[str | None, bytes]]:
    """Media types and contents of the parts that come to a server."""
    operation = shop.operation("POST", body=(content,), responses=(Response(status="204"),))
    with serve(always(lambda wire, heard: wire.answer(204))) as server:
        caller.call(caller.client(server.url), operation, body=body)
        heard = server.heard[0]
    head = f"Content-Type: {heard.header('content-type')}\r\n\r\n".encode()
    message = email.message_from_bytes(head + heard.body)
    parts: Any = message.get_payload()
    return [(part["content-type"], part.get_payload(decode=True)) for part in parts]


def test_parts_without_names_are_sent_as_they_are_described(caller: Caller) -> None:
    pets = [shop.Pet(name="Rex"), shop.Pet(name="Tom")]
    rex, tom = b'{"Name":"Rex"}', b'{"Name":"Tom"}'
    content = Content(
        media_type="multipart/mixed", item_type="Pet", positional=True,
        prefix_parts=(Part(name="", content_type="application/vnd.first+json"),),
        item_part=Part(name="", content_type="application/xml, application/json"),
    )  # fmt: skip

    async def later() -> AsyncIterator[shop.Pet]:
        for pet in pets:
            yield pet

    expected = [("application/vnd.first+json", rex), ("application/xml", b"<Pet><Name>Tom</Name></Pet>")]
    for body in (pets, tuple(pets), iter(pets), later() if caller.kind == "async" else iter(pets)):
        assert sent(caller, content, body) == expected
    plain = Content(media_type="multipart/mixed", type="list[Pet | bytes]", positional=True)
    assert sent(caller, plain, [pets[1], b"\xff"]) == [
        ("application/json", tom),
        ("application/octet-stream", b"\xff"),
    ]


@define(kw_only=True)
class Upload(Model):
    code: bytes = field(metadata=wire("code", format="base64"))
    inner: shop.Pet | None = None


def test_members_of_a_mapping_are_what_the_document_says(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shop.models, "Upload", Upload, raising=False)
    content = Content(
        media_type="multipart/form-data",
        type="Upload",
        parts=(Part(name="inner", content_type="application/xml"),),
    )
    inner = b"<Pet><Name>Rex</Name></Pet>"
    for body in (
        {"code": b"\xff", "inner": {"Name": "Rex"}},
        Upload(code=b"\xff", inner=shop.Pet(name="Rex")),
    ):
        assert sent(caller, content, body) == [(None, b"/w=="), ("application/xml", inner)]
