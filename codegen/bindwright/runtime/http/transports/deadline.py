"""Connections of urllib3 that keep a call's deadline in every read and write.

urllib3's time-outs hold for single operations on the socket: a server that sends one byte a second, in
the headers or in the body, could hold a call for ever. Here each wait is bounded by what is left of the
whole call.
"""

from __future__ import annotations

import email.errors
import http.client
import io
import threading
from collections.abc import Callable
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from bindwright.runtime.http.model.message import Deadline

CHUNK = 65536
_INTERIM = 20
_CUT_SHORT = (email.errors.MissingHeaderBodySeparatorDefect, email.errors.FirstHeaderLineIsContinuationDefect)


class _Current(threading.local):
    """The call that this thread is about to make: its deadline, and which query parameters are secret."""

    deadline: Deadline | None = None
    secret: frozenset[str] = frozenset()


current = _Current()


class _Reader(io.RawIOBase):
    """A socket's raw reader whose waits end with the call's deadline."""

    def __init__(self, sock: Any, deadline: Deadline) -> None:
        self._sock, self._deadline = sock, deadline
        self._raw = sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        deadline = self._deadline
        if deadline.at is not None:
            if deadline.passed():
                raise TimeoutError("the call's time is over")
            self._sock.settimeout(deadline.sooner(deadline.read))
        count: int | None = self._raw.readinto(buffer)
        return count

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
            super().close()


class _Socket:
    """What `http.client.HTTPResponse` needs of a socket."""

    def __init__(self, sock: Any, deadline: Deadline) -> None:
        self._sock, self._deadline = sock, deadline

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self._sock, self._deadline), CHUNK)


class _Response(http.client.HTTPResponse):
    def __init__(self, sock: Any, *args: Any, **kwargs: Any) -> None:
        deadline = current.deadline
        super().__init__(sock if deadline is None else _Socket(sock, deadline), *args, **kwargs)  # type: ignore[arg-type]

    def begin(self) -> None:
        """Read the head; interim answers before it (RFC 9110, 15.2) are skipped: http.client knows 100 only."""
        for _ in range(_INTERIM):
            super().begin()
            if not 100 < self.status < 200 or self.status == 101:
                break
            self.headers = self.msg = None  # type: ignore[assignment]
        else:
            raise http.client.HTTPException(f"more than {_INTERIM} interim answers")
        _check_head(self.headers)


def _check_head(headers: Any) -> None:
    """Refuse what http.client takes though it cannot tell where the body ends then.

    After a line that is no header it forgets all further ones, ``Content-Length`` among them; a transfer
    coding other than ``chunked`` (RFC 9112, 6.1) it takes for none.
    """
    if any(isinstance(defect, _CUT_SHORT) for defect in headers.defects):
        raise http.client.HTTPException("a line among the headers is none")
    coding = headers.get("transfer-encoding")
    if coding is not None and coding.strip().lower() not in ("chunked", "identity"):
        raise http.client.HTTPException("transfer codings other than chunked are not known here")


def _send(connection: Any, send: Callable[[Any], None], data: Any) -> None:
    """Each piece of a body has a time-out of its own, so that a large one is not one long wait."""
    if connection.sock is None:
        connection.connect()
    deadline = current.deadline
    if deadline is None:
        send(data)
        return
    view = memoryview(data) if isinstance(data, (bytes, bytearray)) else None
    if view is None or len(view) <= CHUNK:
        connection.sock.settimeout(deadline.sooner(deadline.read))
        send(data)
        return
    for start in range(0, len(view), CHUNK):
        if deadline.passed():
            raise TimeoutError("the call's time is over")
        connection.sock.settimeout(deadline.sooner(deadline.read))
        send(view[start : start + CHUNK])


class Plain(HTTPConnection):
    """HTTP."""

    response_class = _Response

    def send(self, data: Any) -> None:
        _send(self, super().send, data)


class Secure(HTTPSConnection):
    """HTTPS."""

    response_class = _Response

    def send(self, data: Any) -> None:
        _send(self, super().send, data)


class PlainPool(HTTPConnectionPool):
    """Connections to one HTTP origin."""

    ConnectionCls = Plain


class SecurePool(HTTPSConnectionPool):
    """Connections to one HTTPS origin."""

    ConnectionCls = Secure
