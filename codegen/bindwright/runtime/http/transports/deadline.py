"""Connections of urllib3 that keep a call's deadline in every read and write.

urllib3's time-outs hold for single operations on the socket: a server that sends one byte a second, in
the headers or in the body, could hold a call for ever. Here each wait is bounded by what is left of the
whole call.
"""

from __future__ import annotations

import email.errors
import http.client
import io
import ssl
import threading
from collections.abc import Callable
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError
from urllib3.util.wait import wait_for_read

from bindwright.runtime.http.model.message import Deadline

CHUNK = 65536
_INTERIM = 20
_CUT_SHORT = (email.errors.MissingHeaderBodySeparatorDefect, email.errors.FirstHeaderLineIsContinuationDefect)


class _Current(threading.local):
    """The call that this thread is about to make: its deadline, and how far it is."""

    deadline: Deadline | None = None
    pieces = 0
    """How often something was sent, the request's head first."""
    early = False
    """Whether the answer came before the body was over: the connection cannot be used again."""


current = _Current()


class _Reader(io.RawIOBase):
    """A socket's raw reader whose waits end with the call's deadline."""

    def __init__(self, sock: Any, deadline: Deadline) -> None:
        self._sock, self._deadline = sock, deadline
        self._raw = sock.makefile("rb", buffering=0)
        self.ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        deadline = self._deadline
        if deadline.at is not None:
            if deadline.passed():
                raise TimeoutError("the call's time is over")
            self._sock.settimeout(deadline.sooner(deadline.read))
        try:
            count: int | None = self._raw.readinto(buffer)
        except ssl.SSLError as error:  # after the handshake: the connection is lost, not the trust
            raise ConnectionResetError(str(error)) from error
        self.ended = count == 0
        return count

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
            super().close()


class _Socket:
    """What `http.client.HTTPResponse` needs of a socket."""

    def __init__(self, reader: _Reader) -> None:
        self._reader = reader

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(self._reader, CHUNK)


class _Response(http.client.HTTPResponse):
    def __init__(self, sock: Any, *args: Any, **kwargs: Any) -> None:
        deadline = current.deadline
        self._reader: _Reader | None = None
        self._interim = 0
        if deadline is not None:
            self._reader = _Reader(sock, deadline)
            sock = _Socket(self._reader)
        super().__init__(sock, *args, **kwargs)

    def begin(self) -> None:
        """Read the head; interim answers before it (RFC 9110, 15.2) are skipped: http.client knows 100 only."""
        while True:
            super().begin()
            if not 100 < self.status < 200 or self.status == 101:
                break
            self.headers = self.msg = None  # type: ignore[assignment]
        if self._reader is not None and self._reader.ended:
            # http.client takes the end of the connection for the end of the head.
            raise ConnectionResetError("the connection ended within the head of the answer")
        _check_head(self.headers)
        if current.early:
            self.will_close = True

    def _read_status(self) -> tuple[str, int, str]:
        """Count interim answers: http.client skips 100 for ever."""
        version, status, reason = super()._read_status()  # type: ignore[misc]
        if 100 <= status < 200:
            self._interim += 1
            if self._interim > _INTERIM:
                raise http.client.HTTPException(f"more than {_INTERIM} interim answers")
        return version, status, reason

    def _read_next_chunk_size(self) -> int:
        """Tell a size that is none from a connection that ended: http.client has one error for both."""
        try:
            return super()._read_next_chunk_size()  # type: ignore[misc,no-any-return]
        except ValueError:
            if self._reader is None or self._reader.ended:
                raise
            raise http.client.HTTPException("the chunks of the body are broken") from None


def _check_head(headers: Any) -> None:
    """Refuse what http.client takes though it cannot tell where the body ends then.

    After a line that is no header it forgets all further ones, ``Content-Length`` among them; a transfer
    coding other than ``chunked`` (RFC 9112, 6.1) it takes for none, and so it does with a length that is none.
    """
    lengths = {part.strip() for value in headers.get_all("content-length", ()) for part in value.split(",")}
    if len(lengths) > 1 or not all(length.isascii() and length.isdigit() for length in lengths):
        raise http.client.HTTPException(f"Content-Length: {', '.join(sorted(lengths))[:60]} is no length")
    if any(isinstance(defect, _CUT_SHORT) for defect in headers.defects):
        raise http.client.HTTPException("a line among the headers is none")
    coding = headers.get("transfer-encoding")
    if coding is not None and coding.strip().lower() not in ("chunked", "identity"):
        raise http.client.HTTPException("transfer codings other than chunked are not known here")


def _send(connection: Any, send: Callable[[Any], None], data: Any) -> None:
    """Each piece of a body has a time-out of its own, so that a large one is not one long wait.

    What breaks while sending is a BrokenPipeError: urllib3 reads the answer then, which a server may have given
    before it closed the connection (413, 401).
    """
    if connection.sock is None:
        connection.connect()
    deadline = current.deadline
    if deadline is None:
        send(data)
        return
    view = memoryview(data)
    for start in range(0, len(view) or 1, CHUNK):
        if deadline.passed():
            raise TimeoutError("the call's time is over")
        if current.pieces > 1 and _is_answered(connection.sock):
            current.early = True
            raise BrokenPipeError("the server answered before the body was over")
        connection.sock.settimeout(deadline.sooner(deadline.read))
        try:
            send(view[start : start + CHUNK])
        except TimeoutError:
            raise
        except OSError as error:
            current.early = True
            raise BrokenPipeError(str(error)) from error
        if (
            current.pieces or bytes(view[:8]) != b"CONNECT "
        ):  # what a proxy is asked for is none of the request
            current.pieces += 1


def _is_answered(sock: Any) -> bool:
    """Whether there is something to read; with TLS nobody can tell, since session tickets come, too."""
    return not isinstance(sock, ssl.SSLSocket) and wait_for_read(sock, timeout=0)


class Plain(HTTPConnection):
    """HTTP."""

    response_class = _Response

    def send(self, data: Any) -> None:
        _send(self, super().send, data)


class Secure(HTTPSConnection):
    """HTTPS."""

    response_class = _Response

    def connect(self) -> None:
        """Connect; a handshake that takes too long is part of that, which urllib3 takes for reading."""
        try:
            super().connect()
        except TimeoutError as error:
            raise ConnectTimeoutError(self, f"no TLS handshake within {self.timeout} s") from error

    def send(self, data: Any) -> None:
        _send(self, super().send, data)


class PlainPool(HTTPConnectionPool):
    """Connections to one HTTP origin."""

    ConnectionCls = Plain


class SecurePool(HTTPSConnectionPool):
    """Connections to one HTTPS origin."""

    ConnectionCls = Secure
