"""Heads and bodies at the edge of HTTP (RFC 9110, RFC 9112): taken where they may be, else an error of our own."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from bindwright.runtime.http import (
    ConnectionLost,
    ProtocolError,
    Response,
    StatusError,
    Timeout,
    TotalTimeout,
)

from tests.http import shop
from tests.http.both import Caller
from tests.http.loopback import Server, Wire, always, serve
from tests.http.patience import HANG, in_time

PET = b'{"Name":"Rex"}'
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
LENGTH = b"Content-Length: 14\r\n\r\n"
PACKED = gzip.compress(PET * 50)


def get(caller: Caller, server: Server, **options: Any) -> Any:
    return caller.call(caller.client(server.url, **{"retries": 0, **options}), shop.GET, {"petId": 1})


def says(data: bytes) -> Any:
    """A server that answers everything so, and keeps the connection open."""
    return always(lambda wire, heard: wire.send(data))


@pytest.mark.parametrize(
    "answer",
    {
        "early hints": b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + HEAD + LENGTH + PET,
        "continue that nobody asked for": b"HTTP/1.1 100 Continue\r\n\r\n" * 3 + HEAD + LENGTH + PET,
        "trailers": HEAD + b"Transfer-Encoding: chunked\r\n\r\ne\r\n" + PET + b"\r\n0\r\nX-T: 1\r\n\r\n",
        "chunk extensions": HEAD + b"Transfer-Encoding: Chunked\r\n\r\ne;a=b\r\n" + PET + b"\r\n0\r\n\r\n",
        "chunked wins over a length": HEAD
        + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\ne\r\n"
        + PET
        + b"\r\n0\r\n\r\n",
        "the same length twice": HEAD + b"Content-Length: 14\r\n" + LENGTH + PET,
        "a folded header": HEAD + b"X: a\r\n b\r\n" + LENGTH + PET,
        "no reason": b"HTTP/1.1 200\r\nContent-Type: application/json\r\n" + LENGTH + PET,
        "bare line feeds": (HEAD + LENGTH).replace(b"\r\n", b"\n") + PET,
    }.items(),
    ids=lambda case: case[0],
)
def test_answers_framed_in_unusual_ways_are_read(caller: Caller, answer: tuple[str, bytes]) -> None:
    with serve(says(answer[1])) as server, in_time():
        resource = caller.client(server.url, retries=0)
        for _ in range(2):
            assert caller.call(resource, shop.GET, {"petId": 1}).name == "Rex"


@pytest.mark.parametrize(
    "answer",
    {
        "a header without a colon": HEAD + b"nonsense\r\n" + LENGTH + PET,
        "space before the colon": HEAD + b"X : a\r\n" + LENGTH + PET,
        "two lengths": HEAD + b"Content-Length: 15\r\n" + LENGTH + PET,
        "a transfer coding": HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
        "no status": b"HTTP/1.1 042 Eh\r\n" + LENGTH + PET,
        "gzip cut short": HEAD
        + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % (len(PACKED) - 9)
        + PACKED[:-9],
        "a wrong checksum": HEAD
        + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(PACKED)
        + PACKED[:-8]
        + b"12345678",
        "gzip that is none": HEAD + b"Content-Encoding: gzip\r\n" + LENGTH + PET,
        "an unknown coding": HEAD + b"Content-Encoding: rot13\r\n" + LENGTH + PET,
    }.items(),
    ids=lambda case: case[0],
)
def test_answers_framed_wrongly_are_refused_at_once(caller: Caller, answer: tuple[str, bytes]) -> None:
    """At once, and not when a time-out ends the wait for a body whose length was lost."""
    with serve(says(answer[1])) as server, in_time(), pytest.raises(ProtocolError):
        get(caller, server, timeout=HANG)


@pytest.mark.parametrize("status", [100, 103])
def test_interim_answers_without_end(caller: Caller, status: int) -> None:
    def script(wire: Wire) -> None:
        wire.request()
        while not wire.stop.is_set():
            wire.send(b"HTTP/1.1 %d X\r\n\r\n" % status * 100)

    with serve(script) as server, in_time(), pytest.raises((ProtocolError, TotalTimeout)):
        get(caller, server, timeout=Timeout(1.5, read=HANG))


@pytest.mark.parametrize(
    "rest",
    [
        b"Transfer-Encoding: chunked\r\n\r\nff\r\n{",
        b"Content-Encoding: gzip\r\nContent-Length: 900\r\n\r\n\x1f",
    ],
)
@pytest.mark.parametrize("end", [Wire.reset, lambda wire: wire.sock.close()], ids=["reset", "closed"])
def test_a_body_that_breaks_off(caller: Caller, rest: bytes, end: Any) -> None:
    def script(wire: Wire) -> None:
        wire.request()
        wire.send(HEAD + rest)
        end(wire)

    with serve(script) as server, in_time(), pytest.raises(ConnectionLost) as caught:
        get(caller, server)
    assert not str(caught.value).endswith(": "), "it says why"


def test_a_body_that_ends_with_its_direction(caller: Caller) -> None:
    import socket

    def script(wire: Wire) -> None:
        wire.request()
        wire.send(HEAD + b"\r\n" + PET)
        wire.sock.shutdown(socket.SHUT_WR)
        wire.stop.wait(HANG)

    with serve(script) as server, in_time():
        assert get(caller, server).name == "Rex"


def test_an_answer_that_comes_before_the_body_was_sent(caller: Caller) -> None:
    """The server has read enough to say no; it goes on reading, and drops what comes."""
    import socket

    upload = shop.operation("POST", body=shop.body(None, "application/octet-stream"))

    def script(wire: Wire) -> None:
        wire.sock.recv(2000)
        wire.send(b"HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
        wire.sock.shutdown(socket.SHUT_WR)
        while wire.sock.recv(65536):
            pass

    for body in (b"x" * 5_000_000, iter([b"x" * 100_000] * 50)):
        with serve(script) as server, in_time(), pytest.raises(StatusError) as caught:
            caller.call(caller.client(server.url, retries=0), upload, body=body)
        assert caught.value.status == 413


def test_head_has_the_headers_of_a_body_and_none(caller: Caller) -> None:
    answer = HEAD + b"Content-Encoding: gzip\r\nContent-Length: 500\r\n\r\n"
    with serve(says(answer)) as server, in_time():
        resource = caller.client(server.url, max_response_size=10)
        for _ in range(3):
            assert caller.call(resource, shop.operation("HEAD")) is None
        assert server.connections == 1


def test_no_content_has_none_whatever_its_headers_say(caller: Caller) -> None:
    gone = shop.operation("DELETE", responses=(Response(status="204"),))
    with serve(says(b"HTTP/1.1 204 No\r\nContent-Length: 5\r\n\r\nxxxxx")) as server, in_time():
        resource = caller.client(server.url, retries=0)
        for _ in range(3):
            assert caller.call(resource, gone) is None
