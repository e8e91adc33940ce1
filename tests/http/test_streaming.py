"""Streamed answers, pages, and waiting."""

from __future__ import annotations

from typing import Any

import pytest
from bindwright.runtime.http import (
    Content,
    HttpError,
    InvalidRequest,
    NotFound,
    Operation,
    OperationFailed,
    Pagination,
    Parameter,
    Poll,
    Response,
    UndecodableBody,
    WaitTimeout,
)

from tests.http import shop
from tests.http.both import Caller
from tests.http.loopback import Heard, Wire, always, serve


def listing(media_type: str, type_: str | None = None, **facts: Any) -> Operation:
    content = (Content(media_type=media_type, type=type_, **facts),)
    return shop.operation(responses=(Response(status="200", content=content), Response(status="404")))


def pieces(body: bytes, media_type: str, size: int) -> Any:
    """A server that sends a chunked body in pieces of ``size``."""

    def answer(wire: Wire, heard: Heard) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nTransfer-Encoding: chunked\r\n\r\n"
        parts = [body[at : at + size] for at in range(0, len(body), size)]
        wire.send(
            head.encode() + b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
        )

    return always(answer)


def collected(caller: Caller, resource: Any, operation: Operation, how: str) -> list[Any]:
    """All that one of the iterators gives."""
    if caller.kind == "sync":
        with resource.with_streaming_response._call(operation, {}, options={}) as response:
            return list(getattr(response, how)())

    async def run() -> list[Any]:
        async with resource.with_streaming_response._call(operation, {}, options={}) as response:
            return [item async for item in getattr(response, how)()]

    return list(caller.run(run()))


@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_iterators(caller: Caller, size: int) -> None:
    pets = [shop.Pet(name='a,"]}\\'), shop.Pet(name="b", age=2), shop.Pet(name="\u20ac")]
    texts = ['{"Name":"a,\\"]}\\\\"}', '{"Name":"b","Age":2}', '{"Name":"\u20ac"}']
    array = ("\n [ " + " , ".join(texts) + " ] ").encode()
    lines = "\n".join(texts).encode()
    xml = (
        '<?xml version="1.0"?><a:Pets xmlns:a="urn:a"><Pet><Name>a,"]}\\</Name></Pet> <!-- x -->\n'
        "<Pet><Name>b</Name><Age>2</Age></Pet><Pet><Name>\u20ac</Name></Pet></a:Pets>"
    ).encode()
    cases: list[tuple[bytes, str, Operation, str, list[Any]]] = [
        (array, "application/json", listing("application/json", "list[Pet]"), "iter_items", pets),
        (b" [ ] ", "application/json", listing("application/json", "list[Pet]"), "iter_items", []),
        (xml, "text/xml", listing("application/xml", "list[Pet]"), "iter_items", pets),
        (lines, "application/jsonl", listing("application/jsonl", item_type="Pet"), "iter_json", pets),
        (
            b"a\r\nb\rc\n\nd",
            "text/plain",
            listing("text/plain", "str"),
            "iter_lines",
            ["a", "b", "c", "", "d"],
        ),
    ]
    for body, media_type, operation, how, expected in cases:
        with serve(pieces(body, media_type, size)) as server:
            resource = caller.client(server.url)
            assert collected(caller, resource, operation, how) == expected


@pytest.mark.parametrize("size", [1, 5, 1000])
@pytest.mark.parametrize(
    "sent_as", ["application/jsonl", "text/plain", "application/json", "application/octet-stream"]
)
def test_items_of_json_lines(caller: Caller, sent_as: str, size: int) -> None:
    operation = listing("application/jsonl", item_type="Pet")
    with serve(pieces(b'{"Name":"a"}\n\n{"Name":"b"}', sent_as, size)) as server:
        items = collected(caller, caller.client(server.url), operation, "iter_items")
    assert items == [shop.Pet(name="a"), shop.Pet(name="b")]


def test_items_of_a_json_text_sequence(caller: Caller) -> None:
    operation = listing("application/json-seq", item_type="Pet")
    with serve(pieces(b'\x1e{"Name":"a"}\n\x1e{"Name":"b"}\n', "application/json-seq", 5)) as server:
        items = collected(caller, caller.client(server.url), operation, "iter_items")
    assert items == [shop.Pet(name="a"), shop.Pet(name="b")]


@pytest.mark.parametrize("size", [1, 10, 1000])
@pytest.mark.parametrize(
    ("encoding", "declared", "sent_as"),
    [
        ("utf-16", "", "application/xml"),
        ("utf-16-le", "", "application/xml; charset=utf-16"),
        ("utf-16-be", ' encoding="UTF-16"', "text/xml"),
        ("latin-1", ' encoding="utf-8"', "application/xml; charset=ISO-8859-1"),
        ("cp1252", "", "text/xml; charset=windows-1252"),
        ("cp1252", ' encoding="windows-1252"', "application/xml"),
        ("utf-8-sig", ' encoding="latin-1"', "application/xml"),
    ],
)
def test_items_of_xml_in_other_encodings(
    caller: Caller, encoding: str, declared: str, sent_as: str, size: int
) -> None:
    text = (
        f'<?xml version="1.0"{declared}?><Pets><Pet><Name>\xe9</Name></Pet><Pet><Name>b</Name></Pet></Pets>'
    )
    with serve(pieces(text.encode(encoding), sent_as, size)) as server:
        resource = caller.client(server.url)
        items = collected(caller, resource, listing("application/xml", "list[Pet]"), "iter_items")
    assert items == [shop.Pet(name="\xe9"), shop.Pet(name="b")]


@pytest.mark.parametrize("size", [1, 7])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "latin-1", "shift_jis"])
@pytest.mark.parametrize("media_type", ["application/json", "application/jsonl", "application/json-seq"])
def test_items_of_json_in_other_encodings(caller: Caller, encoding: str, media_type: str, size: int) -> None:
    name = "\u3042" if encoding == "shift_jis" else "\xe9"
    texts = [f'{{"Name": "{value}"}}\n' for value in (name, "b")]
    text = f"[{','.join(texts)}]" if media_type == "application/json" else "".join(texts)
    if media_type == "application/json-seq":
        text = "".join(f"\x1e{line}" for line in texts)
    sent_as = f"{media_type}; charset={encoding.removesuffix('-sig')}"
    with serve(pieces(text.encode(encoding), sent_as, size)) as server:
        client, operation = caller.client(server.url), listing(media_type, "list[Pet]")
        readings = [collected(caller, client, operation, "iter_items"), [*caller.call(client, operation)]]
    assert readings == [[shop.Pet(name=name), shop.Pet(name="b")]] * 2


def test_json_that_ends_within_a_character(caller: Caller) -> None:
    body = '[{"Name": "a"}]'.encode("utf-16") + b"x"
    with serve(pieces(body, "application/json; charset=utf-16", 9)) as server, pytest.raises(UndecodableBody):
        collected(caller, caller.client(server.url), listing("application/json", "list[Pet]"), "iter_items")


@pytest.mark.parametrize(
    "body", [b"", b" ", b"<", b"<a>\xff</a>", b'<?xml version="1.0" encoding="none"?><a/>']
)
def test_items_of_what_is_no_xml(caller: Caller, body: bytes) -> None:
    with serve(pieces(body, "application/xml", 3)) as server, pytest.raises(UndecodableBody):
        collected(caller, caller.client(server.url), listing("application/xml", "list[Pet]"), "iter_items")


@pytest.mark.parametrize("size", [1, 10, 1000])
def test_server_sent_events(caller: Caller, size: int) -> None:
    body = b'\xef\xbb\xbf: hi\n\ndata: {"a":\ndata: 1}\nid: 7\n\nevent: end\r\nretry: 50\r\ndata\r\n\r\ndata: last'
    with serve(pieces(body, "text/event-stream", size)) as server:
        resource = caller.client(server.url)
        events = collected(caller, resource, listing("text/event-stream"), "iter_events")
    assert [(event.event, event.data, event.id, event.retry) for event in events] == [
        ("message", '{"a":\n1}', "7", None), ("end", "", "7", 50), ("message", "last", "7", None)
    ]  # fmt: skip
    assert events[0].json() == {"a": 1}


def test_bytes_as_they_come(caller: Caller) -> None:
    body = bytes(range(256)) * 1000
    with serve(pieces(body, "image/png", 1000)) as server:
        resource = caller.client(server.url)
        chunks = collected(caller, resource, listing("image/png"), "iter_bytes")
        assert b"".join(chunks) == body
        assert len(chunks) > 1


@pytest.mark.parametrize("body", [b"[{}", b"{}", b'[{"Name":"a"}] x', b'[{"Name":5}]', b"nonsense"])
def test_lists_that_are_none(caller: Caller, body: bytes) -> None:
    with serve(pieces(body, "application/json", 3)) as server:
        client = caller.client(server.url, answers="strict")
        with pytest.raises(UndecodableBody):
            collected(caller, client, listing("application/json", "list[Pet]"), "iter_items")


def test_an_answer_that_says_no_is_raised_at_once(caller: Caller) -> None:
    with (
        serve(always(lambda wire, heard: wire.answer(404, b'{"code":"x"}'))) as server,
        pytest.raises(NotFound),
    ):
        collected(caller, caller.client(server.url), listing("image/png"), "iter_bytes")


def test_a_stream_that_is_left_gives_its_connection_up(caller: Caller) -> None:
    def answer(wire: Wire, heard: Heard) -> None:
        wire.answer(body=b"x" * 10_000_000 if heard.target == "/x" else b'{"Name":"Rex"}')

    with serve(always(answer)) as server:
        resource = caller.client(server.url, max_connections=1)
        for _ in range(3):
            first = self_first(caller, resource)
            assert first.startswith(b"x")
            assert caller.call(resource, shop.GET, {"petId": 1}).name == "Rex"


def self_first(caller: Caller, resource: Any) -> bytes:
    """The first piece of a stream, the rest of which is not wanted."""
    operation = listing("image/png")
    if caller.kind == "sync":
        with resource.with_streaming_response._call(operation, {}, options={}) as response:
            return bytes(next(response.iter_bytes()))

    async def run() -> bytes:
        async with resource.with_streaming_response._call(operation, {}, options={}) as response:
            chunks = response.iter_bytes()
            first = bytes(await chunks.__anext__())
            await chunks.aclose()
            return first

    return bytes(caller.run(run()))


def page_items(caller: Caller, resource: Any, operation: Operation, arguments: dict[str, Any]) -> list[Any]:
    if caller.kind == "sync":
        return list(resource._page(operation, arguments, options={}))

    async def run() -> list[Any]:
        return [item async for item in await resource._page(operation, arguments, options={})]

    return list(caller.run(run()))


def paged(pagination: Pagination) -> Operation:
    names = ("offset", "limit", "page", "cursor")
    return shop.operation(
        parameters=tuple(Parameter(name=name, location="query", type="str") for name in names),
        pagination=pagination,
    )


def numbers(heard: Heard) -> tuple[dict[str, str], list[int]]:
    from urllib.parse import parse_qsl, urlsplit

    return dict(parse_qsl(urlsplit(heard.target).query)), list(range(10))


STYLES = {
    "offset": Pagination(style="offset", items="/data/items", parameter="offset", size_parameter="limit"),
    "offset with total": Pagination(style="offset", items="/data/items", parameter="offset", total="/total"),
    "page": Pagination(style="page", items="/data/items", parameter="page", size_parameter="limit", first=1),
    "page with more": Pagination(style="page", items="/data/items", parameter="page", more="/more", first=1),
    "cursor": Pagination(style="cursor", items="/data/items", parameter="cursor", next="/next"),
    "cursor in a header": Pagination(
        style="cursor", items="/data/items", parameter="cursor", next="$response.header.X-Next"
    ),
    "next": Pagination(style="next", items="$response.body#/data/items", next="/link"),
    "link": Pagination(style="link", items="/data/items"),
}


@pytest.mark.parametrize("name", STYLES)
def test_pages(caller: Caller, name: str) -> None:
    import json

    pagination = STYLES[name]

    def answer(wire: Wire, heard: Heard) -> None:
        query, data = numbers(heard)
        if "page" in name:
            at = (int(query.get("page", 1)) - 1) * 4
        else:
            at = int(query.get("offset", query.get("cursor", 0)))
        more = at + 4 < len(data)
        body: dict[str, Any] = {"data": {"items": data[at : at + 4]}, "total": len(data), "more": more}
        headers = {}
        if more:
            body |= {"next": str(at + 4), "link": f"/x?cursor={at + 4}"}
            headers = {
                "X_Next": str(at + 4),
                "Link": f'</a>; rel="prev", </x?cursor={at + 4}>; title="a, b"; rel="next"',
            }
        wire.answer(body=json.dumps(body).encode(), **headers)

    with serve(always(answer)) as server:
        resource = caller.client(server.url)
        arguments = {"limit": "4"} if pagination.size_parameter else {}
        assert page_items(caller, resource, paged(pagination), arguments) == list(range(10))
        assert len(server.heard) == 3


@pytest.mark.parametrize("view", ["with_raw_response", "with_streaming_response"])
def test_pages_of_views_are_made_by_their_answer(caller: Caller, view: str) -> None:
    def answer(wire: Wire, heard: Heard) -> None:
        wire.answer(body=b'{"data":{"items":[%d]},"next":"1"}' % len(server.heard), X_Two="2")

    operation = paged(STYLES["cursor"])

    async def run() -> tuple[Any, Any]:
        async with resource.with_streaming_response._page(operation, {}, options={}) as response:
            page = await response.parse()
        return response, page

    with serve(always(answer)) as server:
        resource = caller.client(server.url)
        if view == "with_raw_response":
            response = caller.run(resource.with_raw_response._page(operation, {}, options={}))
            page = response.parse()
        elif caller.kind == "async":
            response, page = caller.run(run())
        else:
            with resource.with_streaming_response._page(operation, {}, options={}) as response:
                page = response.parse()
        assert (response.status, response.headers["X-Two"], page.items) == (200, "2", [1])
        assert caller.run(page.next_page()).items == [2]


def test_relative_links_start_from_their_own_page(caller: Caller) -> None:
    pages = {"/x": b'{"items":[1],"link":"a/b?q=1"}', "/a/b?q=1": b'{"items":[2],"link":"c"}'}

    def answer(wire: Wire, heard: Heard) -> None:
        wire.answer(body=pages.get(heard.target, b'{"items":[3]}'))

    with serve(always(answer)) as server:
        operation = paged(Pagination(style="next", items="/items", next="/link"))
        assert page_items(caller, caller.client(server.url), operation, {}) == [1, 2, 3]
        assert [request.target for request in server.heard] == ["/x", "/a/b?q=1", "/a/c"]


@pytest.mark.parametrize("link", ["http://[::1/", "http://a:99999/"])
def test_a_link_that_is_none(caller: Caller, link: str) -> None:
    with serve(always(lambda wire, heard: wire.answer(body=b'{"link":"%s"}' % link.encode()))) as server:
        resource = caller.client(server.url)
        with pytest.raises(HttpError):
            page_items(caller, resource, paged(Pagination(style="next", next="/link")), {})


@pytest.mark.parametrize("location", ["query", "cookie"])
def test_a_key_that_the_next_link_has_already(caller: Caller, location: str) -> None:
    def answer(wire: Wire, heard: Heard) -> None:
        link = b',"link":"/x?key=old&p=2"' if len(server.heard) == 1 else b""
        wire.answer(body=b'{"items":[1]%s}' % link)

    with serve(always(answer)) as server:
        key = shop.scheme("key", "apiKey", parameter="key", location=location)
        resource = caller.client(server.url, key, credentials={"key": "s3"}, headers={"Cookie": "a=b"})
        operation = paged(Pagination(style="next", items="/items", next="/link"))
        assert page_items(caller, resource, operation, {}) == [1, 1]
        targets, cookies = zip(
            *((request.target, request.header("Cookie")) for request in server.heard), strict=True
        )
        if location == "query":
            assert targets == ("/x?key=s3", "/x?p=2&key=s3")
        else:
            assert cookies == ("a=b; key=s3",) * 2


def test_a_next_page_elsewhere_is_not_asked_for(caller: Caller) -> None:
    with serve(
        always(lambda wire, heard: wire.answer(body=b'{"link":"http://elsewhere.invalid/"}'))
    ) as server:
        resource = caller.client(server.url)
        with pytest.raises(InvalidRequest, match="another origin"):
            page_items(caller, resource, paged(Pagination(style="next", next="/link")), {})


def test_the_next_link_of_a_post_is_asked_for_by_get(caller: Caller) -> None:
    def answer(wire: Wire, heard: Heard) -> None:
        last = heard.method == "GET"
        wire.answer(body=b'{"items":[2]}' if last else b'{"items":[1],"link":"/next?token=a"}')

    operation = shop.operation(
        "POST",
        body=shop.body("Pet", "application/json"),
        pagination=Pagination(style="next", items="/items", next="/link"),
    )

    async def run() -> list[Any]:
        page = await resource._page(operation, {}, body=shop.Pet(name="x"), options={})
        return [item async for item in page]

    with serve(always(answer)) as server:
        resource = caller.client(server.url)
        if caller.kind == "async":
            items = caller.run(run())
        else:
            items = list(resource._page(operation, {}, body=shop.Pet(name="x"), options={}))
        assert items == [1, 2]
        first, second = server.heard
        assert (first.method, second.method, second.target, second.body) == (
            "POST",
            "GET",
            "/next?token=a",
            b"",
        )
        assert second.header("content-type") is None


POLL = Poll(state="/state", done=("done",), failed=("bad",), interval=0.01)


def waited(caller: Caller, states: list[str], **options: Any) -> Any:
    remaining = iter(states)

    def answer(wire: Wire, heard: Heard) -> None:
        wire.answer(body=b'{"state":"%s"}' % next(remaining).encode())

    with serve(always(answer)) as server:
        resource = caller.client(server.url)
        operation = shop.operation(poll=POLL)
        return caller.run(resource._wait(operation, {}, options={}, **options))


def test_waiting(caller: Caller) -> None:
    reports: list[Any] = []
    assert waited(caller, ["new", "going", "done"], progress=reports.append) == {"state": "done"}
    assert [state["state"] for state in reports] == ["new", "going", "done"]
    with pytest.raises(OperationFailed) as caught:
        waited(caller, ["new", "bad"])
    assert caught.value.value == {"state": "bad"}
    with pytest.raises(WaitTimeout):
        waited(caller, ["new"] * 1000, max_wait=0.1)
