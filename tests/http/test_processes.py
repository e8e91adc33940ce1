"""One client, and several processes, threads, event loops or tasks."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import threading
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from bindwright.runtime.http import HttpError, PoolTimeout, TotalTimeout

from tests.http import shop
from tests.http.both import Caller
from tests.http.loopback import Heard, Wire, always, serve
from tests.http.patience import BOUND, HANG, in_time


def own_name(wire: Wire, heard: Heard) -> None:
    """An answer that tells which request it belongs to."""
    wire.answer(body=b'{"Name":"%s"}' % heard.target.rpartition("/")[2].encode())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this system")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_process_does_not_wait_for_a_lost_thread() -> None:
    from bindwright.runtime.http import ClientCredentials

    source = ClientCredentials("id", "secret", token_url="http://127.0.0.1:1/")
    with source.lock:  # as a thread that fetches a token has it
        child = os.fork()
        if child == 0:
            os._exit(0 if source.lock.acquire(timeout=1) else 1)
        assert os.waitpid(child, 0)[1] == 0


@pytest.fixture
def unclosed() -> Iterator[None]:
    """A loop that was closed over its connections leaves them to the garbage collector, which says so."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield
        gc.collect()


@pytest.mark.usefixtures("unclosed")
def test_an_async_client_in_several_event_loops_at_once() -> None:
    answers: list[str] = []

    async def calls(resource: Any, first: int) -> None:
        for at in range(first, first + 30):
            assert (await shop.acall(resource, shop.GET, {"petId": at})).name == str(at)
            answers.append("good")

    with serve(always(own_name)) as server:
        client = shop.async_client(server.url, retries=0)
        threads = [threading.Thread(target=asyncio.run, args=(calls(client, 100 * at),)) for at in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(BOUND)
    assert len(answers) == 90


def test_a_pool_that_is_used_up(caller: Caller) -> None:
    """Further calls wait for a connection, within their own time."""
    taken = threading.Event()

    def answer(wire: Wire, heard: Heard) -> None:
        if heard.target == "/pets/1":
            taken.set()
            wire.stop.wait(HANG)
        wire.answer(body=b'{"Name":"Rex"}')

    with serve(always(answer)) as server:
        resource = caller.client(server.url, retries=0, max_connections=1)
        if caller.kind == "sync":
            first = threading.Thread(target=_quietly, args=(resource,), daemon=True)
            first.start()
            assert taken.wait(BOUND)
            with in_time(), pytest.raises((PoolTimeout, TotalTimeout)):
                shop.call(resource, shop.GET, {"petId": 2}, timeout=0.3)
            return

        async def both() -> None:
            hanging = asyncio.create_task(shop.acall(resource, shop.GET, {"petId": 1}, timeout=HANG))
            await asyncio.to_thread(taken.wait, BOUND)
            with pytest.raises((PoolTimeout, TotalTimeout)):
                await shop.acall(resource, shop.GET, {"petId": 2}, timeout=0.3)
            hanging.cancel()
            assert (await shop.acall(resource, shop.GET, {"petId": 3}, timeout=BOUND)).name == "Rex"

        with in_time():
            caller.run(both())


def _quietly(resource: Any) -> None:
    with contextlib.suppress(HttpError):
        shop.call(resource, shop.GET, {"petId": 1}, timeout=HANG)


def stuck_after(data: bytes) -> Any:
    """A server that sends this much of an answer; pet 99 is served well."""

    def answer(wire: Wire, heard: Heard) -> None:
        if heard.target.endswith("/99"):
            wire.answer(body=b'{"Name":"Rex"}')
            return
        wire.send(data)
        wire.stop.wait(HANG)

    return always(answer)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nConte",
        b"HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{",
    ],
    ids=["before the head", "within the head", "within the body", "within a chunk"],
)
def test_cancelled_in_any_phase(sent: bytes) -> None:
    async def run(url: str) -> None:
        resource = shop.async_client(url, retries=0, max_connections=2)
        for _ in range(5):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.1):
                    await shop.acall(resource, shop.GET, {"petId": 1}, timeout=HANG)
        good = [shop.acall(resource, shop.GET, {"petId": 99}, timeout=BOUND) for _ in range(4)]
        assert {pet.name for pet in await asyncio.gather(*good)} == {"Rex"}
        await resource._client.aclose()

    with serve(stuck_after(sent)) as server, in_time():
        asyncio.run(run(server.url))


def test_cancelled_while_sending() -> None:
    upload = shop.operation("POST", "/x", body=shop.body(None, "application/octet-stream"))

    def script(wire: Wire) -> None:
        if wire.sock.recv(1000).startswith(b"GET"):
            wire.answer(body=b'{"Name":"Rex"}')
        else:
            wire.stop.wait(HANG)

    async def run(url: str) -> None:
        resource = shop.async_client(url, retries=0, max_connections=1)
        for _ in range(2):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.2):
                    await shop.acall(resource, upload, body=b"x" * 20_000_000, timeout=HANG)
        assert (await shop.acall(resource, shop.GET, {"petId": 1}, timeout=BOUND)).name == "Rex"
        await resource._client.aclose()

    with serve(script) as server, in_time():
        asyncio.run(run(server.url))


def test_a_stream_that_is_left(caller: Caller) -> None:
    """Its connection is not taken for the next call: the rest of the body would be read there."""
    large = b"[" + b",".join([b'{"Name":"Rex"}'] * 20_000) + b"]"
    with serve(
        always(lambda wire, heard: wire.answer(body=large if heard.target == "/x" else b"{}"))
    ) as server:
        resource = caller.client(server.url, retries=0, max_connections=1, timeout=BOUND)

        def sync() -> None:
            with resource.with_streaming_response._call(shop.operation(), {}, options={}) as response:
                assert next(iter(response.iter_bytes()))

        async def others() -> None:
            async with resource.with_streaming_response._call(shop.operation(), {}, options={}) as response:
                async for _ in response.iter_bytes():
                    break

        for _ in range(3):
            sync() if caller.kind == "sync" else caller.run(others())
            assert caller.call(resource, shop.operation(path="/small")) == {}


def test_a_connection_that_ends_as_it_is_used_again(caller: Caller) -> None:
    """A server's idle time-out may end just when the next request is on its way: GET goes again, POST does not."""

    def script(wire: Wire) -> None:
        wire.request()
        wire.answer(body=b'{"Name":"Rex"}')
        wire.request()  # taken, and never answered

    with serve(script) as server:
        resource = caller.client(server.url, retries=1)
        for _ in range(2):
            assert caller.call(resource, shop.GET, {"petId": 1}).name == "Rex"
        with pytest.raises(HttpError, match="ended early"):
            caller.call(resource, shop.POST, body=shop.Pet(name="x"))
        assert [request.method for request in server.heard] == ["GET", "GET", "GET", "POST"]
