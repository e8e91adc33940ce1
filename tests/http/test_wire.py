"""The wire at its edges: early answers, slow bodies, lost proxies, answers that are no HTTP; both clients alike."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme
from bindwright.runtime.http import (
    ConnectionLost,
    ConnectTimeout,
    Hooks,
    HttpError,
    InvalidRequest,
    ProtocolError,
    Retries,
    StatusError,
    Timeout,
    TotalTimeout,
)

from tests.http import shop
from tests.http.both import Caller
from tests.http.loopback import Heard, Wire, always, serve

PUT = shop.operation("PUT", body=shop.body(None, "application/octet-stream"), responses=shop.RESPONSES)
PET = b'{"Name":"Rex"}'
LARGE = 12 << 20


@pytest.fixture(scope="module")
def tls() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Contexts of a server and of a client that trusts it."""
    authority = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(server)
    client = ssl.create_default_context()
    authority.configure_trust(client)
    return server, client


def head_of(wire: Wire) -> None:
    """Read a request's head alone."""
    while b"\r\n\r\n" not in wire._kept:
        data = wire.sock.recv(4096)
        if not data:
            raise ConnectionError("the client is gone")
        wire._kept += data


def forms(caller: Caller) -> dict[str, Any]:
    """Bodies of the same size in their forms."""

    def steps() -> Iterator[bytes]:
        for _ in range(LARGE >> 16):
            yield b"x" * 65536

    async def async_steps() -> AsyncIterator[bytes]:
        for piece in steps():
            yield piece

    return {"bytes": b"x" * LARGE, "iterator": steps() if caller.kind == "sync" else async_steps()}


@pytest.mark.parametrize("secure", [False, True])
@pytest.mark.parametrize("form", ["bytes", "iterator"])
def test_an_early_refusal_is_read_and_not_sent_again(
    caller: Caller, form: str, secure: bool, tls: Any
) -> None:
    calls = []

    def script(wire: Wire) -> None:
        head_of(wire)
        calls.append(1)
        time.sleep(0.05)
        wire.answer(413, b'{"message":"too large"}')
        time.sleep(0.3)
        wire.reset()

    options: dict[str, Any] = {"retries": Retries(2, delay=0.01)}
    if secure:
        options["ssl_context"] = tls[1]
    with (
        serve(script, tls[0] if secure else None) as server,
        pytest.raises(StatusError, match=r"413.*too large"),
    ):
        caller.call(caller.client(server.url, **options), PUT, body=forms(caller)[form])
    assert len(calls) == 1


def test_an_upload_over_tls_that_is_reset_is_lost_and_tried_again(caller: Caller, tls: Any) -> None:
    calls = []

    def script(wire: Wire) -> None:
        head_of(wire)
        calls.append(1)
        wire.sock.recv(1000)
        wire.reset()

    with serve(script, tls[0]) as server:
        client = caller.client(server.url, ssl_context=tls[1], retries=Retries(2, delay=0.01))
        with pytest.raises(ConnectionLost):
            caller.call(client, PUT, body=b"x" * LARGE)
    assert len(calls) == 3


def test_a_silent_handshake_ends_with_the_connect_timeout(caller: Caller) -> None:
    with serve(lambda wire: wire.stop.wait(20) and None) as server:
        url = server.url.replace("http:", "https:")
        start = time.monotonic()
        with pytest.raises(ConnectTimeout):
            caller.call(
                caller.client(url, retries=0, timeout=Timeout(30, connect=0.3, read=20)),
                shop.GET,
                {"petId": 1},
            )
        assert time.monotonic() - start < 10


def test_a_large_body_that_moves_is_not_one_long_wait(caller: Caller) -> None:
    def script(wire: Wire) -> None:
        head_of(wire)
        left = LARGE - len(wire._kept.partition(b"\r\n\r\n")[2])
        while left > 0:
            time.sleep(0.02)
            left -= len(wire.sock.recv(1 << 18))
        wire.answer(200, PET)

    with serve(script) as server:
        client = caller.client(server.url, retries=0, timeout=Timeout(60, read=0.5))
        assert caller.call(client, PUT, body=b"x" * LARGE) == shop.Pet(name="Rex")


def test_the_total_time_holds_while_a_body_is_slow(caller: Caller) -> None:
    def slow() -> Iterator[bytes]:
        for _ in range(100):
            time.sleep(0.1)
            yield b"x"

    async def async_slow() -> AsyncIterator[bytes]:
        for _ in range(100):
            await asyncio.sleep(0.1)
            yield b"x"

    with serve(always(lambda wire, heard: wire.answer(200, PET))) as server:
        start = time.monotonic()
        body = slow() if caller.kind == "sync" else async_slow()
        with pytest.raises(TotalTimeout):
            caller.call(caller.client(server.url, retries=0, timeout=Timeout(0.5)), PUT, body=body)
        assert time.monotonic() - start < 5


@pytest.mark.parametrize(("length", "message"), [(5, "longer than"), (50, "ended after 10 of the 50")])
@pytest.mark.parametrize("form", ["iterator", "async iterator"])
def test_a_body_keeps_to_its_announced_length(caller: Caller, length: int, message: str, form: str) -> None:
    if form == "async iterator" and caller.kind == "sync":
        pytest.skip("sync clients take no async iterators")

    async def async_steps() -> AsyncIterator[bytes]:
        for _ in range(2):
            yield b"abcde"

    received = []

    def script(wire: Wire) -> None:
        with contextlib.suppress(OSError):
            while data := wire.sock.recv(65536):
                received.append(data)

    with serve(script) as server:
        body = iter([b"abcde", b"abcde"]) if form == "iterator" else async_steps()
        start = time.monotonic()
        with pytest.raises(InvalidRequest, match=message):
            caller.call(
                caller.client(server.url, retries=0), PUT, body=body, headers={"Content-Length": str(length)}
            )
        assert time.monotonic() - start < 5
    assert b"".join(received).partition(b"\r\n\r\n")[2] in (b"abcde", b"abcdeabcde"[: max(length, 5)], b"")


NOT_HTTP = {
    "length abc": b"HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n{}",
    "length -5": b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x",
    "ssh": b"SSH-2.0-OpenSSH_9.6\r\n",
    "no line end": b"disconnected",
    "ftp": b"220 ready\r\n",
    "interim for ever": b"HTTP/1.1 100 Continue\r\n\r\n" * 5000,
    "hints for ever": b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 5000,
}


@pytest.mark.parametrize("name", NOT_HTTP)
def test_what_is_no_http_is_a_protocol_error_and_not_tried_again(caller: Caller, name: str) -> None:
    calls = []

    def script(wire: Wire) -> None:
        head_of(wire)
        calls.append(1)
        wire.send(NOT_HTTP[name])

    with serve(script) as server:
        client = caller.client(server.url, retries=Retries(2, delay=0.01), timeout=Timeout(10))
        with pytest.raises(ProtocolError):
            caller.call(client, shop.GET, {"petId": 1})
    assert len(calls) == 1


def test_a_few_interim_answers_are_none(caller: Caller) -> None:
    answer = (
        b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 3
        + b"HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n"
        + PET
    )

    def script(wire: Wire) -> None:
        while wire.request() is not None:
            for byte in range(0, len(answer), 7):
                wire.send(answer[byte : byte + 7])

    with serve(script) as server:
        client = caller.client(server.url)
        for _ in range(3):
            assert caller.call(client, shop.GET, {"petId": 1}) == shop.Pet(name="Rex")
        assert server.connections == 1


def test_a_half_head_is_a_lost_connection(caller: Caller) -> None:
    def script(wire: Wire) -> None:
        head_of(wire)
        wire.send(b"HTTP/1.1 200 OK\r\nConte")

    with serve(script) as server, pytest.raises((ConnectionLost, ProtocolError)) as caught:
        caller.call(caller.client(server.url, retries=0), shop.GET, {"petId": 1})
    assert type(caught.value) is ConnectionLost


def test_a_proxy_that_loses_the_answer(caller: Caller) -> None:
    calls = []

    def script(wire: Wire) -> None:
        if (heard := wire.request()) is not None:
            calls.append(heard.target)

    with serve(script) as proxy:
        client = caller.client("http://api.example", proxy=proxy.url, retries=Retries(2, delay=0.01))
        with pytest.raises(ConnectionLost):
            caller.call(client, shop.RUN)
    assert calls == ["http://api.example/run"]


def test_brackets_of_an_ipv6_address_in_connect(caller: Caller) -> None:
    heard: list[Heard] = []

    def script(wire: Wire) -> None:
        if (request := wire.request()) is not None:
            heard.append(request)
            wire.answer(403, b"", None)

    with serve(script) as proxy, pytest.raises(HttpError):
        caller.call(caller.client("https://[::1]:8443", proxy=proxy.url, retries=0), shop.GET, {"petId": 1})
    assert heard[0].method == "CONNECT"
    assert heard[0].target == "[::1]:8443"
    assert heard[0].header("host") in ("[::1]:8443", None)


class Stop(Exception):
    """What a hook raises."""


def test_a_hook_that_raises_gives_the_connection_back(caller: Caller) -> None:
    failing = [True]

    def stop(*_: Any) -> None:
        if failing:
            raise Stop

    with serve(always(lambda wire, heard: wire.answer(200, PET))) as server:
        client = caller.client(
            server.url, hooks=Hooks(on_response=stop), max_connections=2, retries=0, timeout=Timeout(5)
        )
        for _ in range(6):
            with pytest.raises(Stop):
                caller.call(client, shop.GET, {"petId": 1})
        failing.clear()
        assert caller.call(client, shop.GET, {"petId": 1}) == shop.Pet(name="Rex")


def test_a_task_cancelled_in_a_hook_gives_the_connection_back() -> None:
    waiting = [True]

    async def wait(*_: Any) -> None:
        if waiting:
            await asyncio.sleep(30)

    async def run(url: str) -> Any:
        resource = shop.async_client(
            url, hooks=Hooks(on_response=wait), max_connections=2, retries=0, timeout=Timeout(5)
        )
        for _ in range(4):
            task = asyncio.create_task(shop.acall(resource, shop.GET, {"petId": 1}))
            await asyncio.sleep(0.1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        waiting.clear()
        value = await shop.acall(resource, shop.GET, {"petId": 1})
        await resource._client.aclose()
        return value

    with serve(always(lambda wire, heard: wire.answer(200, PET))) as server:
        assert asyncio.run(run(server.url)) == shop.Pet(name="Rex")


@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="no fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_fork_during_the_first_call_of_another_thread_does_not_hang_the_child(tmp_path: Path) -> None:
    """In a process of its own, where nothing of the client is imported yet."""
    import subprocess
    import sys

    program = tmp_path / "fork.py"
    program.write_text(
        """
import os, sys, threading, time
from tests.http import shop
from tests.http.loopback import always, serve

with serve(always(lambda wire, heard: wire.answer(200, b'{"Name":"Rex"}'))) as server:
    resource = shop.client(server.url)
    thread = threading.Thread(target=lambda: shop.call(resource, shop.GET, {"petId": 1}))
    thread.start()
    time.sleep(float(sys.argv[1]))
    pid = os.fork()
    if pid == 0:
        shop.call(resource, shop.GET, {"petId": 1})
        os._exit(0)
    for _ in range(100):
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            break
        time.sleep(0.1)
    else:
        os.kill(pid, 9)
        sys.exit("the child hangs")
    thread.join()
    sys.exit(0 if status == 0 else "the child failed")
"""
    )
    for delay in ("0.0", "0.01", "0.03", "0.06"):
        ran = subprocess.run(
            [sys.executable, "-W", "ignore", str(program), delay], capture_output=True, text=True, timeout=60,
            check=False, cwd=Path(__file__).resolve().parents[2],
            env={**__import__("os").environ, "PYTHONPATH": ":".join(["codegen", "."])},
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr[-2000:]
