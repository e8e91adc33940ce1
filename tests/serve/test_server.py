"""The server on a loopback socket: HTTP/1.1 with its bounds."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from bindwright.serve import Answer, Call, Limits, Server

from tests.serve.shop import app


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(app(), limits=Limits(connections=4, body=1000, idle=5)) as running:
        yield running


def connect(server: Server) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(server.host, server.port, timeout=5)


def test_many_requests_over_one_connection(server: Server) -> None:
    connection = connect(server)
    for number in range(3):
        connection.request("GET", f"/pets/{number}")
        response = connection.getresponse()
        assert response.status == 200
        assert json.loads(response.read())["name"]
    connection.request("GET", "/pets/1")
    length = len(connection.getresponse().read())
    connection.request("HEAD", "/pets/1")
    response = connection.getresponse()
    assert (response.read(), response.getheader("content-length")) == (b"", str(length))
    connection.request("HEAD", "/nothing")  # what GET would be answered with is not known
    response = connection.getresponse()
    fields = ("content-length", "transfer-encoding", "connection")
    assert (response.status, [response.getheader(name) for name in fields]) == (404, [None] * 3)
    assert response.read() == b""
    connection.request("POST", "/pets", b'{"name": "Rex"}', {"Content-Type": "application/json"})
    assert connection.getresponse().read()
    connection.request("DELETE", "/pets/1", headers={"X-Key": "k"})
    response = connection.getresponse()
    assert (response.status, response.read()) == (204, b"")
    assert response.getheader("content-length") is None  # RFC 9110, 8.6
    connection.request("GET", "/pets/1")  # a 204 without a length must not break the framing
    assert connection.getresponse().status == 200
    connection.close()


def test_chunked_bodies(server: Server) -> None:
    connection = connect(server)
    connection.request(
        "POST",
        "/pets",
        iter([b'{"na', b'me": "Rex"}']),
        {"Content-Type": "application/json"},
        encode_chunked=True,
    )
    response = connection.getresponse()
    assert response.status == 201
    connection.close()


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_over_the_limit(server: Server, chunked: bool) -> None:
    connection = connect(server)
    body = iter([b"x" * 600, b"x" * 401]) if chunked else b"x" * 1001
    headers = {"Content-Type": "application/json"}
    connection.request("POST", "/pets", body, headers, encode_chunked=chunked)
    response = connection.getresponse()
    assert response.status == 413
    assert response.will_close
    response.read()
    connection.close()


def chunk(size: bytes, data: bytes = b"{}") -> bytes:
    return b"Transfer-Encoding: chunked\r\n\r\n" + size + b"\r\n" + data + b"\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("status", "head"),
    [
        (400, b"Content-Length: x\r\n\r\n"),
        (400, b"Content-Length: -1\r\n\r\n"),
        (400, b"Content-Length: +2\r\n\r\n{}"),
        (400, b"Content-Length: 0x2\r\n\r\n{}"),
        (400, b"Content-Length: 2_0\r\n\r\n{}"),
        (400, b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n{}"),
        (400, "Content-Length: \u0662\r\n\r\n{}".encode()),
        (400, b"Content-Length: 2\r\nContent-Length: 4\r\n\r\n{}  "),
        (400, b"Content-Length: 2, 4\r\n\r\n{}  "),
        (501, b"Transfer-Encoding: gzip\r\n\r\n{}"),
        (501, b"Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"),
        (400, chunk(b"-1")),
        (400, chunk(b"+2")),
        (400, chunk(b"0x2")),
        (400, chunk(b"2_0")),
        (400, chunk(b" 2")),
        (400, chunk(b"xyz")),
        (400, chunk(b"f" * 5000)),
        (400, chunk(b"")),
        (400, chunk(b"1")),
        (400, b"Content-Length: 2\r\n" + chunk(b"2")),
        (501, b"Transfer-Encoding: chunked\r\n" + chunk(b"2")),
        (400, b"Content-Length : 2\r\n\r\n{}"),
        (400, b"Host: y\r\n\r\n"),
        (400, b"Bad Name: x\r\n\r\n"),
        (400, b"X: a\0b\r\n\r\n"),
        (431, b"X: " + b"a" * 200_000 + b"\r\n\r\n"),
    ],
)
def test_a_request_that_cannot_be_framed(server: Server, status: int, head: bytes) -> None:
    with socket.create_connection((server.host, server.port), timeout=5) as raw:
        raw.sendall(b"POST /pets HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + head)
        assert received(raw).startswith(b"HTTP/1.1 %d " % status)


def test_chunks_of_an_old_client(server: Server) -> None:
    with socket.create_connection((server.host, server.port), timeout=5) as raw:
        raw.sendall(b"POST /pets HTTP/1.0\r\nContent-Type: application/json\r\n" + chunk(b"2"))
        assert received(raw).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    ("version", "status"),
    [(b"9.9", 505), (b"2.0", 505), (b"0.9", 505), (b"1.2", 200), (b"1", 400), (b"1.10", 400), (b"1.0", 200)],
)
def test_versions_of_http(server: Server, version: bytes, status: int) -> None:
    with socket.create_connection((server.host, server.port), timeout=5) as raw:
        raw.sendall(b"GET /pets HTTP/" + version + b"\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert received(raw).startswith(b"HTTP/1.1 %d " % status)


@pytest.mark.parametrize("target", [b"http://[", b"http://[x]/pets", b"//[", b"http://a]/"])
def test_targets_that_are_no_urls(server: Server, target: bytes) -> None:
    with socket.create_connection((server.host, server.port), timeout=5) as raw:
        raw.sendall(b"GET " + target + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert received(raw).startswith(b"HTTP/1.1 400 ")


def received(raw: socket.socket) -> bytes:
    """All bytes up to the end of the connection; fails where it does not end in time."""
    data = bytearray()
    while piece := raw.recv(65_536):
        data += piece
    return bytes(data)


@pytest.mark.parametrize(
    ("start", "answer"),
    [
        (b"", b""),
        (b"GET /pets/1 HTTP/1.1\r\nHost: x\r\nX-Slow: ", b"HTTP/1.1 408 "),
        (b"POST /pets HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{", b"HTTP/1.1 408 "),
        (b"POST /pets HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{", b"HTTP/1.1 408 "),
    ],
)
def test_a_request_that_does_not_end(start: bytes, answer: bytes) -> None:
    """A byte now and then does not put the end off."""
    limits = Limits(idle=0.5, head=0.5, request=0.5)
    with (
        Server(app(), limits=limits) as running,
        socket.create_connection((running.host, running.port), timeout=5) as raw,
    ):
        raw.sendall(start)
        began = time.monotonic()
        for _ in range(4 if start else 0):
            time.sleep(0.1)
            raw.sendall(b"x")
        assert received(raw).startswith(answer)
        assert time.monotonic() - began < 3


@pytest.mark.parametrize("start", [b"", b"GET /pets/1 HTTP/1.1\r\nX: "])
def test_silent_connections_keep_nobody_out(start: bytes) -> None:
    with Server(app(), limits=Limits(connections=64)) as running, ExitStack() as silent:
        for _ in range(64):
            raw = silent.enter_context(socket.create_connection((running.host, running.port), timeout=5))
            raw.sendall(start)
        for _ in range(3):
            connection = connect(running)
            connection.request("GET", "/pets/1")
            assert connection.getresponse().status == 200
            connection.close()


def test_requests_in_a_row_and_continuations(server: Server) -> None:
    get = b"GET /pets/1 HTTP/1.1\r\nHost: x\r\n"
    with socket.create_connection((server.host, server.port), timeout=5) as raw:
        raw.sendall(get + b"\r\n" + get + b"Connection: close\r\n\r\n")
        assert received(raw).count(b"HTTP/1.1 200 ") == 2
    with socket.create_connection((server.host, server.port), timeout=5) as raw:
        raw.sendall(
            b"POST /pets HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 15\r\n"
            b"Expect: 100-continue\r\nConnection: close\r\n\r\n"
        )
        assert raw.recv(100).startswith(b"HTTP/1.1 100 ")
        raw.sendall(b'{"name": "Rex"}')
        assert received(raw).startswith(b"HTTP/1.1 201 ")


@pytest.mark.parametrize(
    "answer", [Answer(headers=(("X-Note", "a\r\nX-Other: b"),)), Answer(status=101), Answer(status=7)]
)
def test_an_answer_that_http_has_no_form_for(answer: Answer) -> None:
    mock, lines = app(), list[str]()
    mock.handle("GET /pets/mine", lambda call: answer)
    with Server(mock, log=lines.append) as running:
        connection = connect(running)
        connection.request("GET", "/pets/mine")
        response = connection.getresponse()
        assert (response.status, response.getheader("x-other")) == (500, None)
        connection.close()
    assert any("cannot be sent" in line for line in lines)


def test_threads(server: Server) -> None:
    """More callers than connections are allowed: all are answered."""
    statuses: list[int] = []

    def call() -> None:
        connection = connect(server)
        connection.request("GET", "/pets/1")
        statuses.append(connection.getresponse().status)
        connection.close()

    threads = [threading.Thread(target=call) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert statuses == [200] * 12


def test_a_bug_in_a_simulation_is_a_500_and_a_line_in_the_log() -> None:
    mock, lines = app(), []

    def broken(call: Call) -> Any:
        return 1 / 0

    mock.handle("GET /pets/mine", broken)
    with Server(mock, log=lines.append) as running:
        connection = connect(running)
        connection.request("GET", "/pets/mine")
        assert connection.getresponse().status == 500
        connection.close()
    assert any("ZeroDivisionError" in line for line in lines)


def test_the_log_holds_no_control_characters() -> None:
    lines: list[str] = []
    with (
        Server(app(), log=lines.append) as running,
        socket.create_connection((running.host, running.port), timeout=5) as raw,
    ):
        raw.sendall(b"GET /\x1b[31m\xff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        while raw.recv(1000):
            pass
    assert lines[0].startswith("a request that cannot be read -> 400")
    assert all(line.isprintable() for line in lines)


def test_stopping_twice_and_with_open_connections() -> None:
    running = Server(app()).start()
    connection = connect(running)
    connection.connect()
    running.stop()
    running.stop()
    connection.close()
    with pytest.raises(OSError, match=r"."):
        connect(running).connect()
