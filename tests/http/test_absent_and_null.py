"""Absent and null parameters and bodies, items that are made while they are sent, successes without a body."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from bindwright.runtime import UNSET
from bindwright.runtime.http import Content, Parameter, Response, StatusError

from tests.http import shop
from tests.http.both import Caller
from tests.http.loopback import Heard, Wire, always, serve

EMPTY = (Response(status="204"),)
NULLABLE = tuple(
    Parameter(name=name, location=where, type="str | None")
    for name, where in (("q", "query"), ("X-N", "header"), ("c", "cookie"))
)


def sent(caller: Caller, operation: Any, arguments: Any = None, body: Any = UNSET) -> Heard:
    with serve(always(lambda wire, heard: wire.answer(204, b"", None))) as server:
        resource = caller.client(server.url)
        assert caller.run(resource._call(operation, arguments or {}, body=body, options={})) is None
        return server.heard[0]


def test_null_is_not_absent_where_it_is_a_value(caller: Caller) -> None:
    operation = shop.operation(parameters=NULLABLE, responses=EMPTY)
    heard = sent(caller, operation, {"q": None, "X-N": None, "c": None})
    assert (heard.target, heard.header("X-N"), heard.header("Cookie")) == ("/x?q=", "", "c=")
    heard = sent(caller, operation, {"q": UNSET, "X-N": UNSET, "c": UNSET})
    assert (heard.target, heard.header("X-N"), heard.header("Cookie")) == ("/x", None, None)
    plain = shop.operation(parameters=(Parameter(name="q", location="query"),), responses=EMPTY)
    assert sent(caller, plain, {"q": None}).target == "/x"


def test_null_bodies(caller: Caller) -> None:
    operation = shop.operation("PUT", body=shop.body("Pet | None", "application/json"), responses=EMPTY)
    assert (sent(caller, operation, body=None).body, sent(caller, operation).body) == (b"null", b"")
    operation = shop.operation("PUT", body=shop.body("Pet", "application/json"), responses=EMPTY)
    assert sent(caller, operation, body=None).body == b""


class Pets:
    """Can be gone through more than once, but is no list."""

    def __iter__(self) -> Iterator[Any]:
        yield shop.Pet(name="a")
        yield shop.Pet(name="b", age=2)


async def later() -> AsyncIterator[Any]:
    for pet in Pets():
        yield pet


@pytest.mark.parametrize("how", ["list", "iterator", "iterable", "async"])
def test_json_lines_of_models(caller: Caller, how: str) -> None:
    if how == "async" and caller.kind == "sync":
        pytest.skip("the sync client sends no async iterators")
    content = (Content(media_type="application/jsonl", item_type="Pet"),)
    operation = shop.operation("POST", body=content, responses=EMPTY)
    makers: dict[str, Any] = {
        "list": lambda: list(Pets()), "iterator": lambda: iter(Pets()), "iterable": Pets, "async": later
    }  # fmt: skip
    heard = sent(caller, operation, body=makers[how]())
    assert heard.body == b'{"Name":"a"}\n{"Name":"b","Age":2}\n'
    assert heard.header("Content-Type") == "application/jsonl"


def test_json_lines_are_no_single_value(caller: Caller) -> None:
    content = (Content(media_type="application/jsonl", item_type="Pet"),)
    operation = shop.operation("POST", body=content, responses=EMPTY)
    with pytest.raises(Exception, match="list or an iterator"):
        caller.call(caller.client("http://127.0.0.1:9"), operation, {}, {"Name": "a"})


def answered(caller: Caller, responses: Any, status: int, body: bytes, method: str = "DELETE") -> Any:
    def answer(wire: Wire, heard: Heard) -> None:
        wire.answer(status, body, "application/json" if body else None)

    with serve(always(answer)) as server:
        return caller.call(caller.client(server.url), shop.operation(method, responses=responses))


def test_an_empty_success_of_another_number(caller: Caller) -> None:
    assert answered(caller, EMPTY, 200, b"") is None
    assert answered(caller, (Response(status="404"),), 202, b"") is None
    assert answered(caller, EMPTY, 200, b"{}") is None
    assert answered(caller, (Response(status="200", content=shop.body("Pet")),), 204, b"") is None
    with pytest.raises(StatusError):
        answered(caller, EMPTY, 304, b"")
