"""Faults of the wire, and the class of error that each client raises for them: ``docs/reference/http-errors.md``.

``python -m tests.http.error_table`` writes the page.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack, nullcontext
from pathlib import Path
from typing import Any

from bindwright.runtime.http import HttpError, Timeout

from tests.http import shop
from tests.http.both import Caller
from tests.http.loopback import Script, Wire, always, closed_port, serve

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "http-errors.md"
HEAD = """# Errors of calls

The class of error for each fault, the same for the sync and the async client. A test runs every row against both,
and compares this page (`python -m tests.http.error_table` writes it). What a class means says its docstring in
`bindwright.runtime.http`; "again" tells whether a call that may be repeated is.

| fault | sync | async | again |
|---|---|---|---|
"""
PUT = shop.operation("PUT", body=shop.body(None, "application/octet-stream"), responses=shop.RESPONSES)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def after_head(*data: bytes, reset: bool = False, pause: float = 0.0) -> Script:
    """Read one request, answer with these bytes, and close."""

    def script(wire: Wire) -> None:
        if wire.request() is None:
            return
        for piece in data:
            wire.send(piece)
            time.sleep(pause)
        if reset:
            wire.reset()

    return script


def silent(wire: Wire) -> None:
    """Say nothing until the test is over."""
    wire.stop.wait(20)


def early(wire: Wire) -> None:
    """Refuse a body without reading it."""
    while b"\r\n\r\n" not in wire._kept:
        wire._kept += wire.sock.recv(4096)
    wire.answer(413, b"")
    time.sleep(0.2)
    wire.reset()


ANSWER = Callable[[], dict[str, Any]]
FAULTS: dict[str, dict[str, Any]] = {
    "nobody listens": {"url": lambda: f"http://127.0.0.1:{closed_port()}"},
    "the host's name has no address": {"url": lambda: "http://nowhere.invalid", "proxy": ""},
    "the server speaks no TLS": {
        "script": lambda wire: wire.send(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
        "secure": True,
    },
    "the TLS handshake is silent": {
        "script": silent, "secure": True, "timeout": Timeout(20, connect=0.3, read=10),
    },
    "no answer within the read time-out": {"script": silent, "timeout": Timeout(20, read=0.3)},
    "no answer within the total time-out": {"script": silent, "timeout": Timeout(0.3)},
    "a byte of the head at a time, past the total time-out": {
        "script": after_head(*[bytes([byte]) for byte in OK * 3], pause=0.05), "timeout": Timeout(0.5),
    },
    "closed before the answer": {"script": after_head()},
    "reset before the answer": {"script": after_head(reset=True)},
    "closed within the head": {"script": after_head(b"HTTP/1.1 200 OK\r\nConte")},
    "closed within the body": {"script": after_head(OK + b"Content-Length: 50\r\n\r\n{")},
    "closed within a chunk": {"script": after_head(OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{")},
    "a chunk's size that is none": {"script": after_head(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n")},
    "a length that is none": {"script": after_head(OK + b"Content-Length: abc\r\n\r\n{}")},
    "two lengths": {"script": after_head(OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}")},
    "another protocol": {"script": after_head(b"SSH-2.0-OpenSSH_9.6\r\n")},
    "another protocol, without a line end": {"script": after_head(b"hello")},
    "interim answers for ever": {"script": after_head(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000)},
    "a change to another protocol that nobody asked for": {
        "script": after_head(b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n")
    },
    "an unknown content coding": {"script": after_head(OK + b"Content-Encoding: x\r\nContent-Length: 2\r\n\r\n{}")},
    "a body that is not in its coding": {
        "script": after_head(OK + b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}")
    },
    "a body larger than the limit": {
        "script": after_head(OK + b"Content-Length: 50\r\n\r\n" + b" " * 50), "max_response_size": 10,
    },
    "a body that is no JSON": {"script": after_head(OK + b"Content-Length: 1\r\n\r\n{")},
    "a charset that is no character encoding": {
        "script": after_head(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=bz2\r\nContent-Length: 4\r\n\r\n<a/>"
        )
    },
    "a redirect in a circle": {
        "script": always(lambda wire, heard: wire.answer(302, b"", None, Location=heard.target))
    },
    "a redirect to another protocol": {
        "script": always(lambda wire, heard: wire.answer(302, b"", None, Location="ftp://h/"))
    },
    "a refusal while the body is sent (413)": {"script": early, "operation": PUT, "body": b"x" * (8 << 20)},
    "a body longer than its Content-Length": {
        "script": silent, "operation": PUT, "body": lambda: iter([b"abc", b"def"]),
        "call": {"headers": {"Content-Length": "4"}},
    },
    "a body shorter than its Content-Length": {
        "script": silent, "operation": PUT, "body": lambda: iter([b"abc"]),
        "call": {"headers": {"Content-Length": "4"}},
    },
    "a proxy that is not there": {
        "url": lambda: "http://api.example", "proxy": lambda: f"http://127.0.0.1:{closed_port()}",
    },
    "a proxy that refuses a tunnel": {
        "script": always(lambda wire, heard: wire.answer(403, b"", None)), "as_proxy": "https://api.example",
    },
    "a proxy that loses the answer": {"script": after_head(), "as_proxy": "http://api.example"},
    "404, documented": {"script": always(lambda wire, heard: wire.answer(404, b'{"code":"gone"}'))},
    "409, not documented": {"script": always(lambda wire, heard: wire.answer(409, b"{}"))},
    "503, documented": {"script": always(lambda wire, heard: wire.answer(503, b"{}", Retry_After="0"))},
}  # fmt: skip


def name_of(error: Exception) -> str:
    """The public class of an error; for a status that is not documented both of its classes."""
    class_ = type(error)
    if class_.__mro__[1].__name__ == "UndocumentedStatus":
        return f"`{class_.__name__}` and `UndocumentedStatus`"
    return f"`{class_.__name__}`"


def outcome(caller: Caller, fault: dict[str, Any]) -> tuple[str, bool]:
    """The class of error, and whether the call was tried again."""
    from bindwright.runtime.http import Retries

    fault = dict(fault)
    script, operation = fault.pop("script", None), fault.pop("operation", shop.GET)
    body, url, secure = fault.pop("body", None), fault.pop("url", None), fault.pop("secure", False)
    as_proxy, call = fault.pop("as_proxy", None), fault.pop("call", {})
    options = {name: value() if callable(value) else value for name, value in fault.items()}
    retried: list[float] = []
    with ExitStack() as stack:
        server = stack.enter_context(serve(script) if script is not None else nullcontext(None))
        base = url() if url is not None else server.url  # type: ignore[union-attr]
        if secure:
            base = base.replace("http:", "https:")
        if as_proxy is not None:
            base, options["proxy"] = as_proxy, server.url  # type: ignore[union-attr]
        hooks = shop.counting(retried)
        resource = caller.client(base, retries=Retries(1, delay=0.001), hooks=hooks, **options)
        arguments = {"petId": 1} if operation is shop.GET else {}
        try:
            caller.call(resource, operation, arguments, body() if callable(body) else body, **call)
        except HttpError as error:
            return name_of(error), len(retried) > 1
    return "none", False


def page(rows: dict[str, tuple[tuple[str, bool], tuple[str, bool]]]) -> str:
    """The page's text."""
    lines = [
        f"| {fault} | {sync} | {async_} | {'yes' if again else 'no'} |"
        for fault, ((sync, again), (async_, _)) in rows.items()
    ]
    return HEAD + "\n".join(lines) + "\n"


def run() -> dict[str, tuple[tuple[str, bool], tuple[str, bool]]]:
    """Every fault with both clients."""
    rows = {}
    for fault, facts in FAULTS.items():
        outcomes = []
        for kind in ("sync", "async"):
            caller = Caller(kind)
            outcomes.append(outcome(caller, facts))
            caller.close()
        rows[fault] = (outcomes[0], outcomes[1])
    return rows


if __name__ == "__main__":
    PAGE.write_text(page(run()), "utf-8")
