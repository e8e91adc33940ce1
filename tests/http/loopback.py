"""A server on a loopback socket that does exactly what a test tells it, good or bad."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator

from attrs import define, field


@define
class Heard:
    """One request as it came in."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@define
class Wire:
    """One connection of the server's side."""

    sock: socket.socket
    heard: list[Heard]
    stop: threading.Event
    _kept: bytes = b""

    def request(self) -> Heard | None:
        """Read one request; None: the client is gone."""
        while b"\r\n\r\n" not in self._kept:
            data = self.sock.recv(65536)
            if not data:
                return None
            self._kept += data
        head, _, self._kept = self._kept.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ", 2)
        headers = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]
        request = Heard(method, target, headers, b"")
        request.body = self._body(request)
        self.heard.append(request)
        return request

    def _body(self, request: Heard) -> bytes:
        if (request.header("transfer-encoding") or "").lower() == "chunked":
            body = b""
            while True:
                size = int(self._line(), 16)
                body += self._take(size)
                self._line()
                if size == 0:
                    return body
        return self._take(int(request.header("content-length") or 0))

    def _line(self) -> bytes:
        while b"\r\n" not in self._kept:
            self._more()
        line, _, self._kept = self._kept.partition(b"\r\n")
        return line

    def _take(self, size: int) -> bytes:
        while len(self._kept) < size:
            self._more()
        body, self._kept = self._kept[:size], self._kept[size:]
        return body

    def _more(self) -> None:
        data = self.sock.recv(65536)
        if not data:
            raise ConnectionError("the client is gone")
        self._kept += data

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def answer(
        self,
        status: int = 200,
        body: bytes = b"{}",
        content_type: str | None = "application/json",
        **headers: str,
    ) -> None:
        """A well-formed answer."""
        lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}"]
        if content_type is not None:
            lines.append(f"Content-Type: {content_type}")
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.send("\r\n".join([*lines, "", ""]).encode() + body)

    def reset(self) -> None:
        """Close so that the other side sees a reset."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()


Script = Callable[[Wire], None]


@define
class Server:
    """Where it is, and what it heard."""

    port: int
    scheme: str = "http"
    host: str = "127.0.0.1"
    heard: list[Heard] = field(factory=list)
    connections: int = 0

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}"


@contextlib.contextmanager
def serve(
    script: Script, context: ssl.SSLContext | None = None, host: str = "127.0.0.1", address: str = "127.0.0.1"
) -> Iterator[Server]:
    """Run ``script`` for each connection, in a thread of its own."""
    six = ":" in address
    listener = socket.create_server(
        (address, 0), family=socket.AF_INET6 if six else socket.AF_INET, backlog=1024
    )
    host = f"[{address}]" if six else host
    server = Server(listener.getsockname()[1], "https" if context else "http", host)
    stop = threading.Event()
    open_: list[socket.socket] = []

    def handle(sock: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), contextlib.ExitStack() as held:
            held.enter_context(contextlib.closing(sock))
            if context is not None:
                sock = held.enter_context(context.wrap_socket(sock, server_side=True))
            sock.settimeout(120)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            script(Wire(sock, server.heard, stop))

    def accept() -> None:
        while True:
            try:
                sock, _ = listener.accept()
            except OSError:
                return
            server.connections += 1
            open_.append(sock)
            threading.Thread(target=handle, args=(sock,), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        stop.set()
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for sock in open_:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def always(answer: Callable[[Wire, Heard], None]) -> Script:
    """Answer every request of a connection in the same way."""

    def script(wire: Wire) -> None:
        while (heard := wire.request()) is not None:
            answer(wire, heard)

    return script


def closed_port() -> int:
    """A port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
