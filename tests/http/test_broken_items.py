"""Streams that break: what came before the broken item is given, then the error with its place."""

from __future__ import annotations

import gzip
import logging
from typing import Any

import pytest
from bindwright.runtime.http import Content, Operation, Response, ResponseTooLarge, UndecodableBody

from tests.http import shop
from tests.http.both import Caller
from tests.http.loopback import Wire, always, serve

A, B = shop.Pet(name="a"), shop.Pet(name="b")
XML = '<?xml version="1.0"{}?>\n<Pets>\n<Pet><Name>a</Name></Pet>\n<Pet><Name>b</Name></Pet>\n'


def listing(media_type: str) -> Operation:
    sequential = media_type not in ("application/json", "application/xml")
    fact: dict[str, Any] = {"item_type": "Pet"} if sequential else {"type": "list[Pet]"}
    content = (Content(media_type=media_type, **fact),)
    return shop.operation(responses=(Response(status="200", content=content),))


def until_broken(
    caller: Caller, body: bytes, media_type: str, size: int, how: str = "iter_items", answers: str = "strict"
) -> Any:
    """The items before the error, and the error."""

    def answer(wire: Wire, heard: Any) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nTransfer-Encoding: chunked\r\n\r\n"
        parts = [body[at : at + size] for at in range(0, len(body), size)]
        sent = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
        wire.send(head.encode() + sent + b"0\r\n\r\n")

    items: list[Any] = []

    def read(client: Any) -> None:
        with client.with_streaming_response._call(operation, {}, options={}) as response:
            for item in getattr(response, how)():
                items.append(item)

    async def aread(client: Any) -> None:
        async with client.with_streaming_response._call(operation, {}, options={}) as response:
            async for item in getattr(response, how)():
                items.append(item)

    operation = listing(media_type.partition(";")[0])
    with serve(always(answer)) as server:
        client = caller.client(server.url, answers=answers)
        with pytest.raises(UndecodableBody) as raised:
            read(client) if caller.kind == "sync" else caller.run(aread(client))
    return items, raised.value


CASES: dict[str, tuple[str, bytes, str, int | None]] = {
    "line": (
        "application/jsonl",
        b'{"Name":"a"}\n\n{"Name":"b"}\n{"Name":5}\n{"Name":"d"}\n',
        "$[2].Name",
        4,
    ),
    "line that is no JSON": ("application/x-ndjson", b'{"Name":"a"}\r\n{"Name":"b"}\r\n{"Name"\r\n', "$[2]", 3),
    "line without an end": ("application/jsonl", b'{"Name":"a"}\n{"Name":"b"}\n{"Name":', "$[2]", 3),
    "record": (
        "application/json-seq",
        b'\x1e{"Name":"a"}\n\x1e{"Name":\n"b"}\n\x1e\n{"Name":5}\n\x1e{"Name":"d"}\n',
        "$[2].Name",
        5,
    ),
    "record without a mark": ("application/json-seq", b'{"Name":"a"}\n{"Name":"b"}\n\n{"Name":5}\n', "$[2].Name", 4),
    "event": (
        "text/event-stream",
        b'data: {"Name":"a"}\n\n: x\ndata: {"Name":"b"}\n\nid: 1\ndata: {\ndata:"Name":5}\n\ndata: {"Name":"d"}\n\n',
        "$[2].Name",
        7,
    ),
    "element": ("application/json", b'[{"Name":"a"},\n{"Name":"b"},\n{"Name":5},\n{"Name":"d"}]', "$[2].Name", 3),
    "element that is no JSON": ("application/json", b'[{"Name":"a"},{"Name":"b"},\n\n{"Name" 5},{}]', "$[2]", 3),
    "object": ("application/json", b'{"Name":"a"}\n{"Name":"b"}\n{"Name":5}\n{"Name":"d"}', "$[2].Name", 3),
    "object without an end": ("application/json", b'{"Name":"a"}\n{"Name":"b"}\n{"Name"', "$[2]", 3),
    "object without its bracket": ("application/json", b'{"Name":"a"}\n{"Name":"b"}\n{"Name":"c"\n{"Name":"d"}\n', "$[2]", 3),
    "element without its bracket": ("application/json", b'[{"Name":"a"},\n{"Name":"b"},\n{"Name":["c"]\n{"Name":"d"}]', "$[2]", 3),
    "something between objects": ("application/json", b'{"Name":"a"}\n{"Name":"b"}\n,{"Name":"d"}', "$[2]", 3),
    "a closing bracket too many": ("application/json", b'{"Name":"a"}\n{"Name":"b"}}\n{"Name":"d"}', "$[2]", 2),
    "list that goes on": ("application/json", b'[{"Name":"a"},{"Name":"b"}]\n]', "$[2]", 2),
    "XML element": (
        "application/xml",
        XML.format("").encode() + b"<Pet><Name>c</Name><Age>x</Age></Pet>\n<Pet><Name>d</Name></Pet></Pets>",
        "$[2]/Pet/Age",
        5,
    ),
    "XML that is none": ("application/xml", XML.format("").encode() + b"<Pet><Name>c</Pet></Pets>", "$[2]/", 5),
    "XML without an end": ("application/xml", XML.format("").encode() + b"<Pet>", "$[2]/", 5),
    "XML in no encoding": ("application/xml", XML.format("").encode() + b"<Pet><Name>\xff</Name>", "$[2]/", None),
    "XML in no UTF-16": (
        "application/xml",
        XML.format(' encoding="utf-16"').encode("utf-16") + b"\x00\xdc\x00\xdc",
        "$[2]/",
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("size", [1, 11, 10_000])
@pytest.mark.parametrize("case", CASES)
def test_items_before_a_broken_one(caller: Caller, case: str, size: int) -> None:
    media_type, body, path, line = CASES[case]
    items, error = until_broken(caller, body, media_type, size)
    assert items == [A, B]
    assert (error.__cause__.path, error.__cause__.line) == (path, line)
    assert path in str(error)


@pytest.mark.parametrize("size", [1, 10_000])
def test_json_lines_before_a_broken_one(caller: Caller, size: int) -> None:
    body = b'{"Name":"a"}\n {"Name":"b"}\n  {"Name" 5}\n'
    items, error = until_broken(caller, body, "application/jsonl", size, "iter_json")
    assert items == [A, B]
    assert (error.__cause__.line, error.__cause__.column) == (3, 11)


@pytest.mark.parametrize("size", [1, 3, 10_000])
@pytest.mark.parametrize(
    ("charset", "body"),
    [
        ("utf-8", "a\n\u20ac\n".encode() + b"c\xff\nd\n"),
        ("utf-16-le", "a\n\u20ac\n".encode("utf-16-le") + b"\x00\xdc\x00\xdc"),
        ("iso-2022-jp", "a\n\u3042\n".encode("iso-2022-jp") + b"c\xff\n"),
        ("shift_jis", "a\n\u3042\n".encode("shift_jis") + b"c\xfd\xfe\n"),
    ],
)
def test_text_lines_before_broken_characters(caller: Caller, charset: str, body: bytes, size: int) -> None:
    items, _ = until_broken(caller, body, f"text/plain; charset={charset}", size, "iter_lines")
    assert items == ["a", "\u20ac" if charset.startswith("utf") else "\u3042"]


def test_deviations_of_items_before_a_broken_one_are_told(
    caller: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    body = b'{"Name":5}\n{"Name":"b"}\n{"Name"\n'
    with caplog.at_level(logging.WARNING):
        items, _ = until_broken(caller, body, "application/jsonl", 1000, answers="lenient")
    assert [item.name for item in items] == [5, "b"]
    assert "$[0].Name" in caplog.text


@pytest.mark.parametrize("how", ["iter_items", "iter_bytes"])
@pytest.mark.parametrize("packed", [False, True])
def test_what_is_within_the_limit_of_an_answer_that_is_too_large(
    caller: Caller, how: str, *, packed: bool
) -> None:
    """A piece that crosses the limit is given up to it, whatever the pieces are."""
    lines = b'{"Name":"a"}\n{"Name":"b"}\n' + b'{"Name":"c"}\n' * 1000
    body = gzip.compress(lines) if packed else lines
    coding = "Content-Encoding: gzip\r\n" if packed else ""

    def answer(wire: Wire, heard: Any) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/jsonl\r\n{coding}Transfer-Encoding: chunked\r\n\r\n"
        wire.send(head.encode() + b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body))

    items: list[Any] = []

    def read(client: Any) -> None:
        with client.with_streaming_response._call(operation, {}, options={}) as response:
            for item in getattr(response, how)():
                items.append(item)

    async def aread(client: Any) -> None:
        async with client.with_streaming_response._call(operation, {}, options={}) as response:
            async for item in getattr(response, how)():
                items.append(item)

    operation = listing("application/jsonl")
    with serve(always(answer)) as server:
        client = caller.client(server.url, max_response_size=30)
        with pytest.raises(ResponseTooLarge):
            read(client) if caller.kind == "sync" else caller.run(aread(client))
    assert items == [A, B] if how == "iter_items" else b"".join(items) == lines[:30]
