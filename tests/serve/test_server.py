"""The server on a loopback socket: HTTP/1.1 with its bounds."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from bindwright.serve import Call, Limits, Server

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
    connection.request("HEAD", "/pets/1")
    assert connection.getresponse().read() == b""
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


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: x\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
        b"Content-Length: -1\r\n\r\n",
    ],
)
def test_a_body_that_cannot_be_framed(server: Server, head: bytes) -> None:
    with socket.create_connection((server.host, server.port), timeout=5) as raw:
        raw.sendall(b"POST /pets HTTP/1.1\r\nHost: x\r\n" + head)
        assert raw.recv(100).startswith(b"HTTP/1.1 400")


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
    assert lines[0].startswith("GET /\\x1b[31m\\xff -> 404")


def test_stopping_twice_and_with_open_connections() -> None:
    running = Server(app()).start()
    connection = connect(running)
    connection.connect()
    running.stop()
    running.stop()
    connection.close()
    with pytest.raises(OSError, match=r"."):
        connect(running).connect()
