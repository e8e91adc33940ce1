"""Members of forms and text bodies: base64 is text, files are octets, separators are the document's."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import define, field
from bindwright.runtime import Model, at, wire
from bindwright.runtime.http import Content, Part, Response
from bindwright.runtime.http.body_codecs import BodyCodecs
from bindwright.runtime.http.model.message import Request
from bindwright.runtime.http.request import bodies

from tests.http import shop
from tests.http.both import Caller
from tests.http.loopback import always, serve


@define(kw_only=True)
class Document(Model):
    digest: bytes | None = field(default=None, metadata=wire("digest", format="byte"))
    url: bytes | None = field(default=None, metadata=wire("url", format="base64url"))
    all: list[bytes] | None = field(default=None, metadata=wire("all", items=at(format="byte")))
    file: bytes | None = field(default=None, metadata=wire("file", format="binary"))
    tags: list[str] | None = field(default=None, metadata=wire("tags"))


VALUE = Document(digest=b"\xff", url=b"\xff\xfe", all=[b"\xfe", b"a"], file=b"\x89PNG")


def written(content: Content, value: Any) -> bytes:
    request = Request("POST", "http://h/")
    bodies.write(request, content, value, BodyCodecs("shop_in_memory"))
    assert isinstance(request.body, bytes)
    return request.body


def test_base64_is_text_in_multipart_forms() -> None:
    body = written(Content(media_type="multipart/form-data", type="Document"), VALUE)
    for text in (b"/w==", b"//4=".replace(b"/", b"_"), b"/g==", b"YQ==", b"\x89PNG"):
        assert b"\r\n\r\n" + text.removesuffix(b"=" if text[:1] == b"_" else b"") in body
    assert body.count(b"filename=") == 1
    assert b"\r\n\r\n\xff" not in body


def test_base64_is_text_in_urlencoded_forms() -> None:
    body = written(Content(media_type="application/x-www-form-urlencoded", type="Document"), VALUE)
    assert b"digest=%2Fw%3D%3D" in body
    assert b"all=%2Fg%3D%3D&all=YQ%3D%3D" in body


@pytest.mark.parametrize(
    ("style", "text"), [("spaceDelimited", b"a b"), ("pipeDelimited", b"a|b"), ("tabDelimited", b"a\tb"), ("form", b"a,b")]
)  # fmt: skip
def test_lists_have_the_separator_of_their_part(style: Any, text: bytes) -> None:
    part = Part(name="tags", style=style, explode=False)
    body = written(
        Content(media_type="multipart/form-data", type="Document", parts=(part,)), Document(tags=["a", "b"])
    )
    assert b"\r\n\r\n" + text + b"\r\n" in body


def test_text_bodies_are_base64_both_ways(caller: Caller) -> None:
    content = (Content(media_type="text/plain", type="bytes", wire=at(format="byte")),)
    operation = shop.operation("POST", body=content, responses=(Response(status="200", content=content),))
    with serve(always(lambda wire, heard: wire.answer(200, heard.body, "text/plain"))) as server:
        assert caller.call(caller.client(server.url), operation, body=b"\xff\x00") == b"\xff\x00"
        assert server.heard[0].body == b"/wA="


def test_lines_of_a_list_are_written_and_read(caller: Caller) -> None:
    content = (Content(media_type="application/jsonl", type="list[Pet]"),)
    operation = shop.operation("POST", body=content, responses=(Response(status="200", content=content),))
    pets = [shop.Pet(name="Rex"), shop.Pet(name="Tom", age=2)]
    with serve(always(lambda wire, heard: wire.answer(200, heard.body, "application/jsonl"))) as server:
        resource = caller.client(server.url)
        assert caller.call(resource, operation, body=pets) == pets
        assert server.heard[0].body == b'{"Name":"Rex"}\n{"Name":"Tom","Age":2}\n'


@pytest.mark.parametrize("media_type", ["application/jsonl", "application/json-seq"])
def test_lines_that_are_described_as_a_text_are_the_text(caller: Caller, media_type: str) -> None:
    content = (Content(media_type=media_type, kind="text", type="str"),)
    operation = shop.operation("POST", body=content, responses=(Response(status="200", content=content),))
    with serve(always(lambda wire, heard: wire.answer(200, heard.body, media_type))) as server:
        resource = caller.client(server.url)
        text = '{"Name":"Rex"}\n"Tom"\n'
        assert caller.call(resource, operation, body=text) == text
        assert caller.call(resource, operation, body=["Tom"]).lstrip("\x1e") == '"Tom"\n'
