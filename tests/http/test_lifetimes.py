"""Clients that outlive a process, an event loop, or a call that is on its way."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import threading
from typing import Any

import pytest
from bindwright.runtime.http import InvalidRequest, Timeout

from tests.http import shop
from tests.http.both import Caller
from tests.http.loopback import Heard, Wire, always, serve

PATIENT = Timeout(60, connect=30, read=30)


def echo(wire: Wire, heard: Heard) -> None:
    """Every answer tells its own request: one that went astray is seen."""
    wire.answer(body=b'{"Name":"%s"}' % heard.target.rpartition("/")[2].encode())


def has_own_answer(resource: Any, number: int) -> bool:
    return bool(shop.call(resource, shop.GET, {"petId": number}).name == str(number))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_process_has_connections_of_its_own() -> None:
    def work(first: int) -> int:
        return sum(has_own_answer(resource, first + at) for at in range(30))

    with serve(always(echo)) as server:
        resource = shop.client(server.url, timeout=PATIENT, retries=0)
        assert has_own_answer(resource, 1)
        children = []
        for at in range(3):
            child = os.fork()
            if not child:
                code = 1
                try:
                    code = 0 if work(1000 * (at + 1)) == 30 else 2
                finally:
                    os._exit(code)
            children.append(child)
        assert work(5000) == 30
        assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0, 0, 0]
        assert server.connections == 4
        resource._client.close()


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # what a loop leaves open at its end
def test_one_async_client_in_several_event_loops() -> None:
    async def once(number: int) -> str:
        pet = await shop.acall(resource, shop.GET, {"petId": number}, timeout=PATIENT)
        return str(pet.name)

    with serve(always(echo)) as server:
        resource = shop.async_client(server.url, retries=0)
        assert [asyncio.run(once(number)) for number in range(3)] == ["0", "1", "2"]
        asyncio.run(resource._client.aclose())
        gc.collect()


def test_closing_lets_calls_end_that_are_on_their_way(caller: Caller) -> None:
    arrived, closed = threading.Event(), threading.Event()

    def answer(wire: Wire, heard: Heard) -> None:
        arrived.set()
        assert closed.wait(60)
        echo(wire, heard)

    async def both(resource: Any) -> Any:
        task = asyncio.create_task(shop.acall(resource, shop.GET, {"petId": 7}))
        while not arrived.is_set():
            await asyncio.sleep(0.01)
        await resource._client.aclose()
        closed.set()
        return await task

    with serve(always(answer)) as server:
        resource = caller.client(server.url, timeout=PATIENT)
        if caller.kind == "async":
            assert caller.run(both(resource)).name == "7"
            return
        pets: list[Any] = []
        thread = threading.Thread(target=lambda: pets.append(shop.call(resource, shop.GET, {"petId": 7})))
        thread.start()
        assert arrived.wait(60)
        resource._client.close()
        closed.set()
        thread.join(60)
        assert pets[0].name == "7"


@pytest.mark.parametrize("proxy", ["socks9://user:s3cret@127.0.0.1:1", "http://[::1", "ftp://127.0.0.1"])
def test_a_proxy_that_cannot_be_used(caller: Caller, proxy: str) -> None:
    resource = caller.client("http://127.0.0.1:9", proxy=proxy, retries=0)
    with pytest.raises(InvalidRequest, match="the proxy") as caught:
        caller.call(resource, shop.GET, {"petId": 1})
    assert "s3cret" not in str(caught.value)


@pytest.mark.skipif(sys.platform == "darwin", reason="::1 is not always there")
def test_an_address_of_ip_6(caller: Caller) -> None:
    with serve(always(echo), address="::1") as server:
        resource = caller.client(server.url, timeout=PATIENT)
        assert caller.call(resource, shop.GET, {"petId": 3}).name == "3"
        assert server.heard[0].header("Host") == f"[::1]:{server.port}"
