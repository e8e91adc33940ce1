"""Network streams of httpx2 with what its transport does not do itself.

- Every piece of a body has a time-out of its own: httpcore2 writes a body of bytes under one.
- An answer that comes while a body is sent stops the sending, and is read.
- Answers that are not HTTP are told from connections that ended, and interim answers are counted.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterable
from typing import Any

import anyio
import httpcore2

PIECE = 65536
_MAX_INTERIM = 20
_MAX_HEAD = 1 << 18
"""Bytes of interim answers; h11 has a limit of its own on each of them."""
_STATUS = re.compile(rb"(?:\A|\r?\n\r?\n)HTTP/1\.[01] ([0-9]{3})")
_CONNECT = re.compile(rb"CONNECT ([0-9A-Fa-f]*:[0-9A-Fa-f:.]*):[0-9]+ ")


class Backend(httpcore2.AsyncNetworkBackend):
    """Opens streams as another backend does, and watches over them."""

    def __init__(self, backend: httpcore2.AsyncNetworkBackend) -> None:
        self._backend = backend

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        stream = await self._backend.connect_tcp(
            host, port, timeout=timeout, local_address=local_address, socket_options=socket_options
        )
        return Stream(stream)

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore2.AsyncNetworkStream:
        stream = await self._backend.connect_unix_socket(path, timeout=timeout, socket_options=socket_options)
        return Stream(stream)

    async def sleep(self, seconds: float) -> None:
        await self._backend.sleep(seconds)


class Stream(httpcore2.AsyncNetworkStream):
    """One connection."""

    def __init__(self, stream: httpcore2.AsyncNetworkStream) -> None:
        self._stream = stream
        self._early = b""
        """What came while a body was sent."""
        self._head = b""
        """What came since the last write, until the status line of the final answer."""
        self._final = False
        self._answered = False
        self._sent = 0
        """Bytes since the last answer."""

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if self._final or self._head:  # the next request of a connection that is kept
            self._head, self._final, self._sent = b"", False, 0
        view = memoryview(_with_brackets(buffer))
        for start in range(0, len(view), PIECE):
            piece = bytes(view[start : start + PIECE])
            # The head and the first piece go as they are: most requests have no more.
            if self._sent <= PIECE:
                await self._stream.write(piece, timeout)
            else:
                await self._write_and_listen(piece, timeout)
            self._sent += len(piece)

    async def _write_and_listen(self, piece: bytes, timeout: float | None) -> None:
        """Write unless the server answers. A server that refuses a body reads no more of it, and closes."""
        failure: Exception | None = None
        async with anyio.create_task_group() as group:
            group.start_soon(self._listen, group.cancel_scope)
            try:
                await self._stream.write(piece, timeout)
            except Exception as error:  # raised below: a task group would wrap it
                failure = error
            group.cancel_scope.cancel()
        if failure is not None:
            raise failure
        if self._answered:
            # What httpcore2 takes for the end of sending: it reads the answer then.
            raise httpcore2.WriteError("the server answered before the body was over")

    async def _listen(self, writing: anyio.CancelScope) -> None:
        try:
            while not self._answered:
                data = await self._stream.read(PIECE)
                self._early += data
                self._answered = not data or _final_status(self._early)
        except (httpcore2.NetworkError, OSError):
            self._answered = True
        writing.cancel()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self._early:
            data, self._early = self._early, b""
        else:
            try:
                data = await self._stream.read(max_bytes, timeout)
            except ssl.SSLError as error:
                raise httpcore2.ReadError(str(error)) from error
        if not self._final:
            self._watch(data)
        return data

    def _watch(self, data: bytes) -> None:
        self._head += data
        if not data and self._head and not self._head.startswith(b"HTTP/"[: len(self._head)]):
            # httpcore2 would say that the server disconnected without sending a response.
            raise httpcore2.RemoteProtocolError(f"illegal status line: {self._head[:60]!r}")
        if _final_status(self._head):
            self._head, self._final = b"", True
            return
        if len(_STATUS.findall(self._head)) > _MAX_INTERIM or len(self._head) > _MAX_HEAD:
            raise httpcore2.RemoteProtocolError(f"more than {_MAX_INTERIM} interim answers")

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.AsyncNetworkStream:
        try:
            return Stream(await self._stream.start_tls(ssl_context, server_hostname, timeout))
        except BaseException:  # a cancellation, too: nobody else knows of the socket yet
            with anyio.CancelScope(shield=True):
                await self._stream.aclose()
            raise

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _with_brackets(head: bytes) -> bytes:
    """The head of a CONNECT with brackets around an IPv6 address (RFC 9112, 3.2.3), which httpcore2 forgets."""
    match = _CONNECT.match(head)
    if match is None:
        return head
    address = match[1]
    return head.replace(b"CONNECT " + address, b"CONNECT [" + address + b"]", 1).replace(
        b"Host: " + address, b"Host: [" + address + b"]", 1
    )


def _final_status(head: bytes) -> bool:
    return any(not code.startswith(b"1") or code == b"101" for code in _STATUS.findall(head))
