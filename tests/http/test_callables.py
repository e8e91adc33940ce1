"""A sync client refuses coroutine functions; an async client waits for them."""

from __future__ import annotations

from typing import Any

import pytest
from bindwright.runtime.http import Hooks, InvalidRequest

from tests.http import shop
from tests.http.both import Caller
from tests.http.loopback import Heard, Wire, always, serve


def pet(wire: Wire, heard: Heard) -> None:
    wire.answer(body=b'{"Name":"Rex"}')


async def trace(*arguments: Any) -> Any:
    if hasattr(arguments[0], "headers"):
        arguments[0].headers["X-Trace"] = "7"
    return arguments[0] if len(arguments) == 1 else None


class AsyncHooks(Hooks):
    async def request(self, request: Any) -> None:
        request.headers["X-Trace"] = "7"


OPTIONS: dict[str, dict[str, Any]] = {
    "on_request": {"hooks": Hooks(trace)},
    "on_response": {"hooks": Hooks(on_response=trace)},
    "on_error": {"hooks": [Hooks(), Hooks(on_error=trace)]},
    "overridden": {"hooks": AsyncHooks()},
    "sign": {"sign": trace},
}


@pytest.mark.parametrize("name", OPTIONS)
def test_coroutine_functions_are_refused_by_a_sync_client(name: str) -> None:
    with pytest.raises(TypeError, match="cannot wait for coroutines"):
        shop.client("http://localhost", **OPTIONS[name])


@pytest.mark.parametrize("option", ["hooks", "sign"])
def test_a_function_that_returns_a_coroutine_is_refused_before_anything_is_sent(option: str) -> None:
    def disguised(request: Any) -> Any:
        return trace(request)

    with serve(always(pet)) as server:
        resource = shop.client(server.url, **{option: Hooks(disguised) if option == "hooks" else disguised})
        with pytest.raises(InvalidRequest, match="cannot wait for coroutines"):
            shop.call(resource, shop.GET, {"petId": 1})
        resource._client.close()
        assert server.heard == []


@pytest.mark.parametrize("name", ["on_request", "overridden", "sign"])
def test_an_async_client_waits_for_them(name: str) -> None:
    caller = Caller("async")
    with serve(always(pet)) as server:
        caller.call(caller.client(server.url, **OPTIONS[name]), shop.GET, {"petId": 1})
        assert server.heard[0].header("X-Trace") == "7"
    caller.close()


def test_what_a_group_of_operations_is_shown_as(caller: Caller) -> None:
    text = repr(caller.client("http://x"))
    assert "http://x json>>" in text
    assert " of <" in text
