"""Lists in pages: nothing lost, nothing twice, nothing endless, whatever the server caps or repeats."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from attrs import define, field
from bindwright.runtime import Model, wire
from bindwright.runtime.http import NotFound, Operation, Pagination, PagingError, Parameter, Retries
from bindwright.runtime.http.response.pagination import next_link

from tests.http import shop
from tests.http.both import Caller
from tests.http.loopback import Heard, Wire, always, serve

ALL = [{"id": number} for number in range(203)]


def listing(pagination: Pagination, method: str = "GET", **facts: Any) -> Operation:
    names = ("offset", "limit", "page", "cursor")
    return shop.operation(
        method,
        parameters=tuple(Parameter(name=name, location="query", type="int") for name in names),
        pagination=pagination,
        **facts,
    )


def collected(
    caller: Caller,
    url: str,
    operation: Operation,
    arguments: Any = None,
    body: Any = None,
    retries: int | Retries = 0,
) -> list[Any]:
    resource = caller.client(url, retries=retries)
    options: dict[str, Any] = {"options": {}} if body is None else {"options": {}, "body": body}

    async def run() -> list[Any]:
        page = await resource._page(operation, arguments or {}, **options)
        return [item async for item in page]

    if caller.kind == "sync":
        return list(resource._page(operation, arguments or {}, **options))
    return list(caller.run(run()))


def facts_of(heard: Heard) -> dict[str, Any]:
    """What was asked for, in the query or the body."""
    query: dict[str, Any] = dict(parse_qsl(urlsplit(heard.target).query))
    return query | (json.loads(heard.body) if heard.body else {})


def server_of(style: str, cap: int, every: Sequence[Any] = ALL) -> Any:
    """A server that gives at most ``cap`` items a page, whatever it is asked for."""

    def answer(wire: Wire, heard: Heard) -> None:
        query = facts_of(heard)
        size = min(int(query.get("limit", 1000)), cap)
        start = int(query.get("offset", query.get("cursor", query.get("NextToken", 0))))
        if style == "last":
            start = int(query.get("cursor", -1)) + 1
        if style.startswith("page"):
            first = 0 if "from 0" in style else 1
            start = (int(query.get("page", first)) - first) * size
        items = every[start : start + size]
        end = start + size
        more = end < len(every)
        value: dict[str, Any] = {"items": items, "total": len(every), "has_more": more}
        headers = {}
        if more:
            value |= {"next": str(end), "nextLink": f"/x?cursor={end}"}
            headers["Link"] = (
                f'<a>; rel="prev"; title="; rel=next", </x?cursor={end}>; crossorigin; title="a, \\"b\\""; REL=next'
            )
        wire.answer(body=json.dumps(value).encode(), **headers)

    return always(answer)


def failing(script: Any, seed: int) -> Any:
    """The same server on bad days: it is busy, closes without an answer, or breaks off, but never four times in a row."""
    source, failed = random.Random(seed), [0]

    def run(wire: Wire) -> None:
        if failed[0] < 3 and source.random() < 0.4:
            failed[0] += 1
            if wire.request() is None:
                return
            how = source.choice(["busy", "gone", "cut"])
            if how == "busy":
                wire.answer(503, b"", None, Retry_After="0", Connection="close")
            elif how == "cut":
                wire.send(
                    b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"items": ['
                )
            wire.sock.close()
            return
        failed[0] = 0
        once = Once(wire)
        script(once)

    return run


class Once(Wire):
    """One request of a connection, which is closed behind it."""

    def __init__(self, wire: Wire) -> None:
        super().__init__(wire.sock, wire.heard, wire.stop)
        self.over = False

    def request(self) -> Heard | None:
        return None if self.over else super().request()

    def answer(self, *arguments: Any, **headers: Any) -> None:
        super().answer(*arguments, **headers, Connection="close")
        self.over = True


ITEMS = "/items"
STYLES: dict[str, tuple[Pagination, dict[str, Any]]] = {
    "offset": (Pagination(style="offset", items=ITEMS, parameter="offset", size_parameter="limit"), {"limit": 100}),
    "offset, total": (
        Pagination(style="offset", items=ITEMS, parameter="offset", size_parameter="limit", total="/total"),
        {"limit": 100},
    ),
    "page": (Pagination(style="page", items=ITEMS, parameter="page", first=1), {"limit": 100}),
    "page, total": (Pagination(style="page", items=ITEMS, parameter="page", total="/total", size_parameter="limit", first=1), {"limit": 100}),
    "page from 0": (Pagination(style="page", items=ITEMS, parameter="page", first=0), {}),
    "page, nobody knows from where": (Pagination(style="page", items=ITEMS, parameter="page"), {}),
    "page from 0, nobody knows": (Pagination(style="page", items=ITEMS, parameter="page"), {}),
    "cursor": (Pagination(style="cursor", items=ITEMS, parameter="cursor", next="/next"), {}),
    "cursor, more": (
        Pagination(style="cursor", items=ITEMS, parameter="cursor", next="/next", more="/has_more"), {}
    ),
    "last": (Pagination(style="last", items=ITEMS, parameter="cursor", next="/id", more="/has_more"), {}),
    "next": (Pagination(style="next", items=ITEMS, next="/nextLink"), {}),
    "link": (Pagination(style="link", items=ITEMS), {}),
}  # fmt: skip


@pytest.mark.parametrize("cap", [50, 100, 203, 1000])
@pytest.mark.parametrize("name", STYLES)
def test_every_item_once(caller: Caller, name: str, cap: int) -> None:
    pagination, arguments = STYLES[name]
    with serve(server_of(name, cap)) as server:
        assert collected(caller, server.url, listing(pagination), arguments) == ALL


THOUSAND = [{"id": number} for number in range(1003)]


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", STYLES)
def test_a_thousand_items_of_a_server_that_fails(caller: Caller, name: str, seed: int) -> None:
    pagination, arguments = STYLES[name]
    retries = Retries(4, delay=0.001, budget=None)
    with serve(failing(server_of(name, 64, THOUSAND), seed)) as server:
        items = collected(caller, server.url, listing(pagination), arguments, retries=retries)
    assert items == THOUSAND
    assert len(server.heard) > 16


@define(kw_only=True)
class Query(Model):
    limit: int | None = None
    next_token: str | None = field(default=None, metadata=wire("NextToken"))


@pytest.mark.parametrize("body", [{"limit": 50}, Query(limit=50)])
def test_a_cursor_in_the_body(caller: Caller, body: Any) -> None:
    pagination = Pagination(style="cursor", items=ITEMS, parameter="$request.body#/NextToken", next="/next")
    operation = listing(pagination, "POST", body=shop.body("Any"))
    with serve(server_of("body", 50)) as server:
        assert collected(caller, server.url, operation, body=body) == ALL
    assert getattr(body, "next_token", None) is None  # the caller's own is as it was


ENDLESS = {
    "a cursor again": (STYLES["cursor"][0], b'{"items":[1],"next":"5"}'),
    "a URL again": (STYLES["next"][0], b'{"items":[1],"nextLink":"/x?cursor=1"}'),
    "its own URL": (STYLES["next"][0], b'{"items":[1],"nextLink":"/x"}'),
    "one page for every number": (STYLES["page"][0], b'{"items":[1]}'),
    "one page for every offset": (STYLES["offset"][0], b'{"items":[1]}'),
    "more, and no way to it": (STYLES["cursor, more"][0], b'{"items":[1],"has_more":true}'),
    "more, and nothing": (STYLES["last"][0], b'{"items":[],"has_more":true}'),
    "a total that never comes": (STYLES["offset, total"][0], b'{"items":[],"total":9}'),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_what_would_never_end_is_an_error(caller: Caller, name: str) -> None:
    pagination, body = ENDLESS[name]
    with serve(always(lambda wire, heard: wire.answer(body=body))) as server:
        with pytest.raises(PagingError, match="GET http"):
            collected(caller, server.url, listing(pagination))
        assert len(server.heard) <= 3


def test_a_circle_of_cursors(caller: Caller) -> None:
    following = {None: "a", "a": "b", "b": "c", "c": "a"}

    def answer(wire: Wire, heard: Heard) -> None:
        cursor = following[facts_of(heard).get("cursor")]
        wire.answer(body=json.dumps({"items": [1], "next": cursor}).encode())

    text = shop.operation(
        parameters=(Parameter(name="cursor", location="query"),), pagination=STYLES["cursor"][0]
    )
    with serve(always(answer)) as server:
        with pytest.raises(PagingError, match="circle, back to 'a'"):
            collected(caller, server.url, text)
        assert len(server.heard) == 4


def test_a_missing_page_is_the_end_where_nothing_else_says_so(caller: Caller) -> None:
    def answer(wire: Wire, heard: Heard) -> None:
        if facts_of(heard).get("page", "1") == "1":
            wire.answer(body=b'{"items":[1,2]}')
        else:
            wire.answer(404, b"{}")

    with serve(always(answer)) as server:
        assert collected(caller, server.url, listing(STYLES["page"][0])) == [1, 2]
        with pytest.raises(NotFound):
            collected(caller, server.url, listing(STYLES["page"][0]), {"page": 9})


def counting(total: Any, more: Any = None, hidden: range = range(0), cap: int = 29) -> Any:
    """A server with its own idea of a total; what is ``hidden`` is missing on its page, and counted."""

    def answer(wire: Wire, heard: Heard) -> None:
        query = facts_of(heard)
        size = min(int(query.get("limit", 1000)), cap)
        start = int(query["offset"]) if "offset" in query else (int(query.get("page", 1)) - 1) * size
        items = [item for item in ALL[start : start + size] if item["id"] not in hidden]
        value = {"items": items, "total": total(len(items))}
        if more is not None:
            value["has_more"] = more(start + size)
        wire.answer(body=json.dumps(value).encode())

    return always(answer)


COUNTED = ("offset, total", "page, total")


@pytest.mark.parametrize("name", COUNTED)
@pytest.mark.parametrize("total", [0, 1, 40, 202])
def test_a_total_of_something_else_ends_nothing(caller: Caller, name: str, total: int) -> None:
    with serve(counting(lambda count: total)) as server:
        assert collected(caller, server.url, listing(STYLES[name][0]), {"limit": 100}) == ALL


@pytest.mark.parametrize("name", COUNTED)
def test_the_number_asked_for_may_be_of_one_page(caller: Caller, name: str) -> None:
    with serve(counting(lambda count: count)) as server:
        assert collected(caller, server.url, listing(STYLES[name][0]), {"limit": 29}) == ALL


@pytest.mark.parametrize("name", COUNTED)
@pytest.mark.parametrize("status", [200, 404])
def test_a_list_of_just_the_number_asked_for(caller: Caller, name: str, status: int) -> None:
    def answer(wire: Wire, heard: Heard) -> None:
        if len(server.heard) > 1 and status == 404:
            wire.answer(404, b"{}")
        else:
            wire.answer(body=b'{"items":[1,2],"total":2}')

    with serve(always(answer)) as server:
        assert collected(caller, server.url, listing(STYLES[name][0]), {"limit": 2}) == [1, 2]
        assert len(server.heard) == 2


SHOWN = [item for item in ALL if item["id"] not in range(58, 116)]
MORE = Pagination(style="page", items=ITEMS, parameter="page", first=1, more="/has_more")


def test_an_empty_page_between_others(caller: Caller) -> None:
    hidden = range(58, 116)  # two whole pages
    with serve(counting(lambda count: 203, lambda end: end < 203, hidden)) as server:
        assert collected(caller, server.url, listing(STYLES["page, total"][0])) == SHOWN
        assert collected(caller, server.url, listing(MORE)) == SHOWN
    with serve(counting(lambda count: None, lambda end: True)) as server:
        with pytest.raises(PagingError, match="an empty page"):
            collected(caller, server.url, listing(MORE))
        assert len(server.heard) == 7 + 10


@pytest.mark.parametrize("page", [3, 8, 99])
def test_a_start_in_the_middle_ends_with_the_list(caller: Caller, page: int) -> None:
    with serve(counting(lambda count: 203)) as server:
        items = collected(caller, server.url, listing(STYLES["page, total"][0]), {"page": page})
    assert items == ALL[(page - 1) * 29 :]


@pytest.mark.parametrize("previous", [None, "/first"])
def test_pages_backwards(caller: Caller, previous: str | None) -> None:
    def answer(wire: Wire, heard: Heard) -> None:
        query = facts_of(heard)
        assert "cursor" not in query
        end = int(query["before"])
        items = ALL[max(end - 50, 0) : end]
        value = {"items": items, "has_more": end > 50, "first": items[0]["id"]}
        wire.answer(body=json.dumps(value).encode())

    facts = {"style": "last"} if previous is None else {"style": "cursor", "previous": previous}
    pagination = Pagination(
        items=ITEMS, parameter="cursor", next="/id", more="/has_more", back="before", **facts
    )
    operation = shop.operation(
        parameters=tuple(Parameter(name=name, location="query", type="int") for name in ("cursor", "before")),
        pagination=pagination,
    )
    with serve(always(answer)) as server:
        assert collected(caller, server.url, operation, {"before": 120}) == ALL[119::-1]
        assert len(server.heard) == 3


def test_a_limit_and_a_token_to_go_on_from(caller: Caller) -> None:
    with serve(server_of("cursor", 50)) as server:
        resource = caller.client(server.url)
        page = caller.run(resource._page(listing(STYLES["cursor"][0]), {}, options={}))

        async def run() -> list[Any]:
            return [item async for item in page.iter_items(60)]

        items = list(page.iter_items(60)) if caller.kind == "sync" else caller.run(run())
        assert items == ALL[:60]
        assert len(server.heard) == 2
        assert page.next_token == "50"


@pytest.mark.parametrize(
    ("header", "url"),
    [
        ('</a>; rel="next"', "/a"),
        ('</a>; title="x"; rel=next', "/a"),
        ('</a>; rel="prev next"', "/a"),
        ('</a>; crossorigin; rel="next"', "/a"),
        ('</a>;rel="prev",</b>;rel="next"', "/b"),
        ('</a,b>; title="; rel=next", </c>; rel="next"', "/c"),
        ("</a>; title*=UTF-8''x; Rel=\"NEXT\"", "/a"),
        ('</a>; rel="first"; rel="next"', None),
        ('</a>; rel="nextish"', None),
        ("nonsense", None),
        ("", None),
    ],
)
def test_links(header: str, url: str | None) -> None:
    assert next_link(header) == url


def test_async_for_needs_no_await() -> None:
    operation = listing(Pagination(style="offset", items=ITEMS, parameter="offset", total="/total"))

    async def run(url: str) -> list[Any]:
        resource = shop.async_client(url, retries=0)
        items = [item async for item in resource._page(operation, {"limit": 50}, options={})]
        pages = [
            len(page) async for page in resource._page(operation, {"limit": 50}, options={}).iter_pages()
        ]
        first = await asyncio.create_task(resource._page(operation, {"limit": 50}, options={}))
        few = [item async for item in resource._page(operation, {"limit": 50}, options={}).iter_items(60)]
        await resource._client.aclose()
        assert few == ALL[:60]
        return [items, pages, len(first)]

    with serve(server_of("offset", 100)) as server:
        items, pages, first = asyncio.run(run(server.url))
    assert items == ALL
    assert (pages, first) == ([50, 50, 50, 50, 3], 50)
