"""Async calls that are cancelled at any moment: no socket is left, and no place in the pool is lost."""

from __future__ import annotations

import asyncio
import gc
import random
import socket
import ssl
import threading
import warnings
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, suppress
from typing import Any

import anyio
import pytest
from bindwright.runtime.http import HttpError, Timeout

from tests.http import shop
from tests.http.loopback import Heard, Wire, always, serve

trustme = pytest.importorskip("trustme")
STEPS = 60
"""Turns of the event loop; a call over a tunnel takes some forty."""
PATIENT = Timeout(30, connect=15, read=15)


def _rex(wire: Wire, heard: Heard) -> None:
    """Every call opens a connection of its own."""
    wire.answer(body=b'{"Name":"Rex"}', Connection="close")


def _tunnel(wire: Wire) -> None:
    """A proxy: what comes after CONNECT goes on as it is."""
    if (heard := wire.request()) is None:
        return
    host, _, port = heard.target.rpartition(":")
    with socket.create_connection((host, int(port)), timeout=60) as beyond:
        wire.send(b"HTTP/1.1 200 OK\r\n\r\n")

        def pump(source: socket.socket, target: socket.socket) -> None:
            with suppress(OSError):
                while data := source.recv(65536):
                    target.sendall(data)
            for end in (source, target):
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

        back = threading.Thread(target=pump, args=(beyond, wire.sock), daemon=True)
        back.start()
        pump(wire.sock, beyond)
        back.join()


@pytest.fixture(params=["plain", "tls", "tunnel", "proxy"])
def connect(request: pytest.FixtureRequest) -> Iterator[Callable[[], Any]]:
    """Makes clients of a server that is reached in one of four ways."""
    authority = trustme.CA()
    theirs, ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("127.0.0.1").configure_cert(theirs)
    authority.configure_trust(ours)
    secure = request.param in ("tls", "tunnel")
    with ExitStack() as open_:
        url = open_.enter_context(serve(always(_rex), theirs if secure else None)).url
        proxy = ""
        if request.param == "tunnel":
            proxy = open_.enter_context(serve(_tunnel)).url
        if request.param == "proxy":
            url, proxy = "http://api.example", url
        yield lambda: shop.async_client(url, proxy=proxy, ssl_context=ours, max_connections=2, retries=0)


async def _call(client: Any, timeout: Timeout = PATIENT) -> None:
    await shop.acall(client, shop.GET, {"petId": 1}, timeout=timeout)


async def _task(client: Any, step: int) -> None:
    task = asyncio.ensure_future(_call(client))
    for _ in range(step):
        await asyncio.sleep(0)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _scope(client: Any, step: int) -> None:
    async with anyio.create_task_group() as group:
        group.start_soon(_call, client)
        for _ in range(step):
            await asyncio.sleep(0)
        group.cancel_scope.cancel()


async def _total(client: Any, step: int) -> None:
    with suppress(HttpError):
        await _call(client, Timeout(random.Random(step).uniform(1e-5, 8e-3), connect=15, read=15))


async def _connect(client: Any, step: int) -> None:
    with suppress(HttpError):
        await _call(client, Timeout(30, connect=random.Random(step).uniform(1e-5, 8e-3), read=15))


@pytest.mark.parametrize("cut", [_task, _scope, _total, _connect])
def test_nothing_is_left_of_a_call_that_is_cut_short(
    connect: Callable[[], Any], cut: Callable[[Any, int], Awaitable[None]]
) -> None:
    async def run() -> None:
        kept = connect()
        for step in range(STEPS):
            fresh = connect()
            await cut(fresh, step)
            await fresh._client.aclose()
            await cut(kept, step)
        await _call(kept)  # with two places in the pool
        await kept._client.aclose()

    gc.collect()
    with warnings.catch_warnings(record=True) as left:
        warnings.simplefilter("always")
        asyncio.run(run())
        gc.collect()
    assert [str(warning.message) for warning in left] == []
