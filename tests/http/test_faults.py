"""Faults on real sockets: each ends in its own error, in time, and leaves the client usable."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from bindwright.runtime.http import (
    ConnectFailed,
    ConnectionFailed,
    ConnectionLost,
    HttpError,
    NameResolutionFailed,
    ProtocolError,
    ReadTimeout,
    RedirectError,
    ResponseTooLarge,
    Retries,
    ServiceUnavailable,
    TimedOut,
    Timeout,
    TotalTimeout,
    UndecodableBody,
)
from bindwright.runtime.http.policy.retries import retry_after

from tests.http import shop
from tests.http.both import Caller
from tests.http.loopback import Heard, Server, Wire, always, closed_port, serve

PET = b'{"Name":"Rex"}'
QUICK = Retries(2, delay=0.01)


def good(wire: Wire, heard: Heard) -> None:
    wire.answer(body=PET)


def get(caller: Caller, server: Server | str, **options: Any) -> Any:
    url = server if isinstance(server, str) else server.url
    resource = caller.client(url, **{"retries": 0, **options})
    return caller.call(resource, shop.GET, {"petId": 1})


HANG = 60.0
"""Seconds for which a server does nothing, unless the test is over before."""


@contextlib.contextmanager
def no_hang() -> Iterator[None]:
    """Fails if the block takes nearly as long as the server's silence; slow machines are given their time."""
    start = time.monotonic()
    yield
    assert time.monotonic() - start < HANG / 3


def test_a_refused_connection_is_an_error_with_its_url(caller: Caller) -> None:
    with no_hang(), pytest.raises(ConnectFailed, match=r"GET http://127\.0\.0\.1"):
        get(caller, f"http://127.0.0.1:{closed_port()}")


def test_no_such_host(caller: Caller) -> None:
    with pytest.raises(NameResolutionFailed):
        get(caller, "http://nowhere.invalid", proxy="")


def test_refused_is_tried_again_for_get_alone(caller: Caller) -> None:
    port = closed_port()
    resource = caller.client(f"http://127.0.0.1:{port}", retries=Retries(2, delay=0.2, max_delay=0.2))
    with pytest.raises(ConnectFailed):
        caller.call(resource, shop.RUN)
    with no_hang(), pytest.raises(ConnectFailed):
        caller.call(resource, shop.GET, {"petId": 1})


def test_reset_before_the_answer(caller: Caller) -> None:
    def script(wire: Wire) -> None:
        wire.request()
        wire.reset()

    with serve(script) as server:
        with no_hang(), pytest.raises(ConnectionLost):
            get(caller, server)
        assert len(server.heard) == 1


def test_reset_while_sending(caller: Caller) -> None:
    def script(wire: Wire) -> None:
        wire.sock.recv(1000)
        wire.reset()

    upload = shop.operation("POST", body=shop.body(None, "application/octet-stream"))
    with serve(script) as server:
        resource = caller.client(server.url, retries=0)
        with no_hang(), pytest.raises((ConnectionLost, ConnectionFailed)):
            caller.call(resource, upload, body=b"x" * 20_000_000)


def test_reset_in_the_middle_of_the_body(caller: Caller) -> None:
    def script(wire: Wire) -> None:
        wire.request()
        wire.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
        time.sleep(0.05)
        wire.reset()

    with serve(script) as server, no_hang(), pytest.raises(ConnectionLost):
        get(caller, server)


def test_a_body_that_breaks_is_asked_for_again(caller: Caller) -> None:
    seen: list[int] = []

    def script(wire: Wire) -> None:
        wire.request()
        seen.append(1)
        if len(seen) < 3:
            wire.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
            return
        wire.answer(body=PET)

    with serve(script) as server:
        assert get(caller, server, retries=QUICK).name == "Rex"
        assert len(server.heard) == 3


def test_half_open(caller: Caller) -> None:
    """The server has taken the request and is never heard of again."""

    def script(wire: Wire) -> None:
        wire.request()
        wire.stop.wait(HANG)

    with serve(script) as server, no_hang(), pytest.raises(ReadTimeout):
        get(caller, server, timeout=Timeout(HANG, read=0.3))


def test_stalled_headers(caller: Caller) -> None:
    def script(wire: Wire) -> None:
        wire.request()
        wire.send(b"HTTP/1.1 200 OK\r\nContent-Ty")
        wire.stop.wait(HANG)

    with serve(script) as server, no_hang(), pytest.raises(ReadTimeout):
        get(caller, server, timeout=Timeout(HANG, read=0.3))


def drip(data: bytes) -> Any:
    def script(wire: Wire) -> None:
        wire.request()
        for at in range(len(data)):
            wire.send(data[at : at + 1])
            if wire.stop.wait(0.1):
                return

    return script


def test_one_byte_at_a_time_in_the_body(caller: Caller) -> None:
    answer = (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n" + b" " * 1000
    )

    def script(wire: Wire) -> None:
        wire.request()
        wire.send(answer[:80])
        for _ in range(int(HANG / 0.1)):
            wire.send(b" ")
            if wire.stop.wait(0.1):
                return

    with serve(script) as server, no_hang(), pytest.raises(TotalTimeout):
        get(caller, server, timeout=Timeout(0.6, read=30))


def test_one_byte_at_a_time_in_the_headers(caller: Caller) -> None:
    with (
        serve(drip(b"HTTP/1.1 200 OK\r\nX-A: " + b"x" * int(HANG / 0.1))) as server,
        no_hang(),
        pytest.raises(TotalTimeout),
    ):
        get(caller, server, timeout=Timeout(0.6, read=30))


def test_a_server_that_does_not_read(caller: Caller) -> None:
    def script(wire: Wire) -> None:
        wire.stop.wait(HANG)

    upload = shop.operation("PUT", body=shop.body(None, "application/octet-stream"))
    with serve(script) as server:
        resource = caller.client(server.url, retries=0, timeout=Timeout(HANG, read=0.4))
        with no_hang(), pytest.raises(TimedOut):
            caller.call(resource, upload, body=b"x" * 30_000_000)


def test_content_length_too_long(caller: Caller) -> None:
    def script(wire: Wire) -> None:
        wire.request()
        wire.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n" + PET)

    with serve(script) as server, no_hang(), pytest.raises(ConnectionLost):
        get(caller, server)


@pytest.mark.parametrize("together", [True, False])
def test_content_length_too_short_does_not_poison_the_next_answer(caller: Caller, together: bool) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n"
    sent = threading.Event()

    def answer(wire: Wire, heard: Heard) -> None:
        wire.send(head + PET + (head + b'{"Name":"BAD"}') * together)
        wire.send((head + b'{"Name":"BAD"}') * (not together))
        sent.set()

    with serve(always(answer)) as server:
        resource = caller.client(server.url, retries=QUICK)
        for _ in range(3):
            assert caller.call(resource, shop.GET, {"petId": 1}).name == "Rex"
            assert sent.wait(HANG)
            sent.clear()


@pytest.mark.parametrize("length", ["-5", "abc", "5, 6"])
def test_content_length_that_is_none(caller: Caller, length: str) -> None:
    def script(wire: Wire) -> None:
        wire.request()
        wire.send(
            f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n".encode()
        )
        wire.send(PET)

    with serve(script) as server, no_hang(), contextlib.suppress(ProtocolError, ConnectionLost):
        assert get(caller, server).name == "Rex"  # read to the end of the connection


@pytest.mark.parametrize(
    "garbage", [b"zz\r\nabc\r\n", b"-1\r\nabc\r\n", b"5\r\nab", b"ffffffffffffffffffff\r\n{}"]
)
def test_chunked_garbage(caller: Caller, garbage: bytes) -> None:
    def script(wire: Wire) -> None:
        wire.request()
        wire.send(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
            + garbage
        )

    with serve(script) as server, no_hang(), pytest.raises((ProtocolError, ConnectionLost)):
        get(caller, server)


def test_endless_headers(caller: Caller) -> None:
    def script(wire: Wire) -> None:
        wire.request()
        wire.send(b"HTTP/1.1 200 OK\r\n")
        for at in range(100_000):
            wire.send(b"X-%d: %s\r\n" % (at, b"x" * 100))

    with serve(script) as server, no_hang(), pytest.raises((ProtocolError, ConnectionLost)):
        get(caller, server)


def test_an_endless_header(caller: Caller) -> None:
    def script(wire: Wire) -> None:
        wire.request()
        wire.send(b"HTTP/1.1 200 OK\r\nX: ")
        for _ in range(10_000):
            wire.send(b"x" * 10_000)

    with serve(script) as server, no_hang(), pytest.raises((ProtocolError, ConnectionLost)):
        get(caller, server)


@pytest.mark.parametrize(
    "noise", [b"SSH-2.0-OpenSSH\r\n\r\n", b"\x16\x03\x01\x00\x00", b"HTTP/9 abc\r\n\r\n", b""]
)
def test_no_http_at_all(caller: Caller, noise: bytes) -> None:
    def script(wire: Wire) -> None:
        wire.request()
        wire.send(noise)

    with serve(script) as server, no_hang(), pytest.raises((ProtocolError, ConnectionLost)):
        get(caller, server)


def test_redirects_in_a_loop(caller: Caller) -> None:
    with serve(always(lambda wire, heard: wire.answer(302, b"", None, Location=heard.target))) as server:
        with pytest.raises(RedirectError, match="circle"):
            get(caller, server)
        assert len(server.heard) == 1


def test_redirects_without_end(caller: Caller) -> None:
    def answer(wire: Wire, heard: Heard) -> None:
        wire.answer(307, b"", None, Location=f"{heard.target}x")

    with serve(always(answer)) as server:
        with pytest.raises(RedirectError, match="more than 3"):
            get(caller, server, max_redirects=3)
        assert len(server.heard) == 4


def test_a_redirect_to_another_origin_takes_no_secrets_along(caller: Caller) -> None:
    with serve(always(good)) as other:

        def away(wire: Wire, heard: Heard) -> None:
            wire.answer(302, b"", None, Location=f"{other.url}/elsewhere")

        with serve(always(away)) as server:
            key = shop.scheme("key", "apiKey", parameter="X-Key", location="header")
            resource = caller.client(
                server.url,
                key,
                credentials={"key": "s3cret"},
                headers={"X-Mine": "s3cret too", "Cookie": "a=b"},
            )
            assert caller.call(resource, shop.GET, {"petId": 1}).name == "Rex"
            assert server.heard[0].header("X-Key") == "s3cret"
            assert "s3cret" not in repr(other.heard)
            assert other.heard[0].header("Cookie") is None


def test_a_body_does_not_go_to_another_origin(caller: Caller) -> None:
    with serve(always(good)) as other:

        def away(wire: Wire, heard: Heard) -> None:
            wire.answer(307, b"", None, Location=f"{other.url}/elsewhere")

        with serve(always(away)) as server:
            resource = caller.client(server.url)
            with pytest.raises(RedirectError, match="another origin"):
                caller.call(resource, shop.POST, body=shop.Pet(name="x"))
            assert other.heard == []


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "javascript:alert(1)", "http://", "//", "http://[::1/", "http://a:99999/"],
)
def test_redirects_to_what_is_no_server(caller: Caller, location: str) -> None:
    with (
        serve(always(lambda wire, heard: wire.answer(302, b"", None, Location=location))) as server,
        pytest.raises((RedirectError, HttpError)),
    ):
        get(caller, server)


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/\u00e9 \u20ac".encode(), "/%C3%A9%20%E2%82%AC"),
        ("/\u00e9".encode("latin-1"), "/%C3%A9"),
        (b"a/../b?c=d e&f=%2F|", "/pets/b?c=d%20e&f=%2F%7C"),
    ],
)
def test_redirects_to_what_must_be_encoded(caller: Caller, location: bytes, target: str) -> None:
    def answer(wire: Wire, heard: Heard) -> None:
        if heard.target == "/pets/1":
            wire.send(b"HTTP/1.1 302 X\r\nContent-Length: 0\r\nLocation: " + location + b"\r\n\r\n")
        else:
            wire.answer(body=PET)

    with serve(always(answer)) as server:
        assert get(caller, server).name == "Rex"
        assert server.heard[1].target == target


@pytest.mark.parametrize(
    ("sent", "read"),
    [("\u20ac".encode(), "\u20ac"), (b"\xe9", "\u00e9"), (b"\xc3\xa9", "\u00e9"), (b"\xff", "\u00ff")],
)
def test_headers_that_are_not_ascii(caller: Caller, sent: bytes, read: str) -> None:
    def answer(wire: Wire, heard: Heard) -> None:
        wire.send(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Name: " + sent + b"\r\nX-B: \xe9\r\n"
        )
        wire.send(b"Content-Length: 14\r\n\r\n" + PET)

    with serve(always(answer)) as server:
        resource = caller.client(server.url).with_raw_response
        assert caller.call(resource, shop.GET, {"petId": 1}).headers["x-name"] == read


def test_same_origin_redirect_keeps_method_and_body(caller: Caller) -> None:
    def answer(wire: Wire, heard: Heard) -> None:
        if heard.target == "/pets":
            wire.answer(308, b"", None, Location="/moved")
        else:
            wire.answer(body=PET)

    with serve(always(answer)) as server:
        resource = caller.client(server.url)
        assert caller.call(resource, shop.POST, body=shop.Pet(name="x")).name == "Rex"
        assert [(request.method, request.target, request.body) for request in server.heard][1] == (
            "POST",
            "/moved",
            b'{"Name":"x"}',
        )


def test_post_is_sent_once(caller: Caller) -> None:
    def script(wire: Wire) -> None:
        wire.request()

    with serve(script) as server:
        resource = caller.client(server.url, retries=QUICK)
        with pytest.raises(ConnectionLost):
            caller.call(resource, shop.RUN)
        assert len(server.heard) == 1
        with pytest.raises(ConnectionLost):
            caller.call(resource, shop.RUN, idempotent=True)
        assert len(server.heard) == 4


def test_an_answer_larger_than_allowed(caller: Caller) -> None:
    body = b"[" + b" " * 100_000 + b"]"
    with (
        serve(always(lambda wire, heard: wire.answer(body=body))) as server,
        pytest.raises(ResponseTooLarge, match="100002"),
    ):
        get(caller, server, max_response_size=1000)


def test_an_answer_that_grows_when_it_is_decompressed(caller: Caller) -> None:
    import zlib

    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(b" " * 1_000_000) for _ in range(200)) + packer.flush()
    answer = always(lambda wire, heard: wire.answer(body=bomb, Content_Encoding="gzip"))
    with serve(answer) as server, no_hang(), pytest.raises(ResponseTooLarge):
        get(caller, server, max_response_size=1_000_000)


def test_the_client_is_usable_after_every_fault(caller: Caller) -> None:
    def faults(wire: Wire) -> Iterator[None]:
        wire.reset()
        yield
        wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx")
        yield
        wire.send(b"nonsense\r\n\r\n")
        yield
        wire.stop.wait(HANG)
        yield

    turns = {"at": 0}

    def script(wire: Wire) -> None:
        while wire.request() is not None:
            turns["at"] += 1
            if turns["at"] % 2:
                steps = faults(wire)
                for _ in range((turns["at"] // 2) % 4 + 1):
                    next(steps)
                return
            wire.answer(body=PET)

    with serve(script) as server:
        resource = caller.client(server.url, retries=0, timeout=HANG)
        for _ in range(8):
            with pytest.raises(HttpError):
                caller.call(resource, shop.GET, {"petId": 1}, timeout=Timeout(HANG, read=0.2))
            assert caller.call(resource, shop.GET, {"petId": 1}).name == "Rex"


def test_a_busy_server_is_asked_again_after_what_it_says(caller: Caller) -> None:
    answers = iter([503, 429, 200])

    def answer(wire: Wire, heard: Heard) -> None:
        wire.answer(next(answers), PET, Retry_After="0.2")

    with serve(always(answer)) as server:
        start = time.monotonic()
        assert get(caller, server, retries=QUICK).name == "Rex"
        assert 0.4 <= time.monotonic() - start < HANG / 3
        assert len(server.heard) == 3


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        ("7", 7, 7),
        (" 0.5 ", 0.5, 0.5),
        ("%a, %d %b %Y %H:%M:%S GMT", 900, 1000),  # the three forms of RFC 9110, 5.6.7
        ("%A, %d-%b-%y %H:%M:%S GMT", 900, 1000),
        ("%a %b %d %H:%M:%S %Y", 900, 1000),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0, 0),
    ],
)
def test_what_retry_after_means(value: str, low: float, high: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        seconds = retry_after(time.strftime(value, time.gmtime(time.time() + 1000)))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert seconds is not None
    assert low <= seconds <= high


@pytest.mark.parametrize("value", ["-5", "nan", "inf", "1e3", "soon", "", "\u0665", "1_0", "0x5"])
def test_a_retry_after_that_says_nothing(value: str) -> None:
    assert retry_after(value) is None


def test_retry_after_that_is_too_long_ends_the_call(caller: Caller) -> None:
    with serve(always(lambda wire, heard: wire.answer(503, b"", None, Retry_After="3600"))) as server:
        with no_hang(), pytest.raises(ServiceUnavailable):
            get(caller, server, retries=5)
        assert len(server.heard) == 1


def test_retries_keep_within_the_total_time(caller: Caller) -> None:
    retries = Retries(10**9, delay=0.01, max_delay=0.02, budget=None)
    with serve(always(lambda wire, heard: wire.answer(503, b"", None))) as server:
        with no_hang(), pytest.raises((ServiceUnavailable, TotalTimeout)):
            get(caller, server, timeout=Timeout(1.5, connect=30, read=30), retries=retries)
        assert len(server.heard) >= 2


def test_a_budget_bounds_retries_of_the_whole_client(caller: Caller) -> None:
    with serve(always(lambda wire, heard: wire.answer(503, b"", None))) as server:
        resource = caller.client(server.url, retries=Retries(3, delay=0.001))
        for _ in range(20):
            with pytest.raises(ServiceUnavailable):
                caller.call(resource, shop.GET, {"petId": 1})
        assert 30 <= len(server.heard) <= 36  # 20 calls, 10 retries at the start, 20 * 0.2 earned


@pytest.mark.parametrize("body", [b"<html>busy</html>", b"{", b'{"Name": 5}', b"\xff\xfe"])
def test_a_body_that_does_not_stand_for_the_type(caller: Caller, body: bytes) -> None:
    with serve(always(lambda wire, heard: wire.answer(body=body))) as server:
        with pytest.raises(UndecodableBody) as caught:
            get(caller, server, answers="strict")
        assert caught.value.body == body
        assert caught.value.status == 200


def test_closing_twice_and_calling_afterwards(caller: Caller) -> None:
    with serve(always(good)) as server:
        resource = caller.client(server.url)
        caller.call(resource, shop.GET, {"petId": 1})
        for _ in range(2):
            caller.run(resource._client.close() if caller.kind == "sync" else resource._client.aclose())
        with pytest.raises(HttpError, match="closed"):
            caller.call(resource, shop.GET, {"petId": 1})


def test_connections_are_kept(caller: Caller) -> None:
    with serve(always(good)) as server:
        resource = caller.client(server.url)
        for _ in range(5):
            caller.call(resource, shop.GET, {"petId": 1})
        assert server.connections == 1


def test_a_connection_that_the_server_closed_meanwhile(caller: Caller) -> None:
    closed = threading.Event()

    def script(wire: Wire) -> None:
        wire.request()
        wire.answer(body=PET)
        wire.sock.shutdown(socket.SHUT_RDWR)
        closed.set()

    with serve(script) as server:
        resource = caller.client(server.url, retries=0)
        for _ in range(3):
            assert caller.call(resource, shop.GET, {"petId": 1}).name == "Rex"
            assert closed.wait(HANG)
            closed.clear()
