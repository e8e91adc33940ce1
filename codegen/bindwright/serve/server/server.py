"""A small threaded HTTP/1.1 server around an `App`, for loopback: bounded in threads, bytes and seconds."""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Protocol, Self

from attrs import define, field

from bindwright.serve.answers.problems import problem
from bindwright.serve.message import Request, Response
from bindwright.serve.refusal import Refusal

Log = Callable[[str], None]


class Respond(Protocol):
    """What is served: an `App`, or what stands around one."""

    def respond(self, request: Request) -> Response:
        """Answer a request."""


@define(kw_only=True)
class Limits:
    """What one server takes on."""

    connections: int = 64
    """At a time; further ones wait in the listening socket's queue."""
    body: int = 64 * 2**20
    """Bytes of a request's body; larger ones are answered with 413."""
    idle: float = 30.0
    """Seconds without a byte after which a connection is closed."""


class _TooLarge(Exception):
    """The body is over the limit."""


class _Malformed(Exception):
    """The body's framing cannot be read."""


@define(eq=False)
class Server:
    """Serves an `App`; a context manager that listens inside the block.

    ``port`` 0 takes a free one. ``delay`` is waited before each answer, in seconds.
    """

    app: Respond
    host: str = "127.0.0.1"
    port: int = 0
    delay: float = 0.0
    log: Log = field(default=lambda line: None)
    limits: Limits = field(factory=Limits)
    _http: _Listener | None = field(default=None, init=False)
    _thread: threading.Thread | None = field(default=None, init=False)

    @property
    def url(self) -> str:
        """The server's address, without a slash at its end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    def start(self) -> Self:
        """Listen in a thread; harmless when it listens already. Raises OSError where the address is taken."""
        if self._http is not None:
            return self
        self._http = _Listener(self)
        self.port = self._http.server_address[1]
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop listening and close; harmless when it is stopped already."""
        http, self._http = self._http, None
        if http is not None:
            http.stopping.set()
            http.shutdown()
            http.server_close()
        if self._thread is not None:
            self._thread.join(5)

    def wait(self) -> None:
        """Serve until interrupted (KeyboardInterrupt goes through)."""
        while self._thread is not None and self._thread.is_alive():
            self._thread.join(0.5)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class _Listener(ThreadingHTTPServer):
    """The listening socket; connections over the limit wait."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, owner: Server) -> None:
        self.owner = owner
        self.stopping = threading.Event()
        self.slots = threading.BoundedSemaphore(owner.limits.connections)
        self.open: set[Any] = set()
        self.address_family = socket.AF_INET6 if ":" in owner.host else socket.AF_INET
        super().__init__((owner.host, owner.port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        while not self.slots.acquire(timeout=0.2):
            if self.stopping.is_set():
                request.close()
                return
        self.open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        try:
            super().shutdown_request(request)
        finally:
            if request in self.open:
                self.open.discard(request)
                self.slots.release()

    def server_close(self) -> None:
        super().server_close()
        for request in list(self.open):  # wakes threads that wait for a next request
            self.shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no news; anything else is."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave together
    server: _Listener

    def setup(self) -> None:
        super().setup()
        self.connection.settimeout(self.server.owner.limits.idle)

    def parse_request(self) -> bool:
        """Any method that parses goes to the app, which knows what is documented."""
        if not super().parse_request():
            return False
        if not hasattr(self, f"do_{self.command}"):
            setattr(self, f"do_{self.command}", self._exchange)
        return True

    def _exchange(self) -> None:
        owner = self.server.owner
        try:
            body = self._body(owner.limits.body)
        except _TooLarge:
            self._refuse(413, "the body is larger than this server takes")
            return
        except _Malformed as error:
            self._refuse(400, str(error))
            return
        request = Request(
            method=self.command, target=self.path, headers=tuple(self.headers.items()), body=body
        )
        if owner.delay > 0:
            time.sleep(owner.delay)
        self._send(self._respond(owner, request))

    def _respond(self, owner: Server, request: Request) -> Response:
        shown = repr(f"{request.method} {request.target}".encode("latin-1", "replace"))[2:-1]
        try:
            response = owner.app.respond(request)
        except Exception as error:  # a handler's bug must not look like a lost connection
            owner.log(f"{shown} failed: {type(error).__name__}: {error}")
            kind, body = problem(Refusal(500, "the simulation failed"), request.header("accept"))
            response = Response(status=500, headers=(("Content-Type", kind),), body=body)
        owner.log(f"{shown} -> {response.status} ({len(response.body)} bytes)")
        return response

    def _refuse(self, status: int, detail: str) -> None:
        self.close_connection = True
        kind, body = problem(Refusal(status, detail), self.headers.get("accept"))
        self._send(
            Response(status=status, headers=(("Content-Type", kind), ("Connection", "close")), body=body)
        )

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        for name, value in response.headers:
            self.send_header(name, value)
        if response.status >= 200 and response.status != 204:  # RFC 9110, 8.6
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if self.command != "HEAD" and response.status not in (204, 304):
            self.wfile.write(response.body)
        self.wfile.flush()

    def _body(self, limit: int) -> bytes:
        if "chunked" in self.headers.get("transfer-encoding", "").lower():
            return self._chunks(limit)
        length = self.headers.get("content-length", "0").strip()
        if not length.isdigit():
            raise _Malformed("Content-Length is not a number")
        if int(length) > limit:
            raise _TooLarge
        return self.rfile.read(int(length))

    def _chunks(self, limit: int) -> bytes:
        """A chunked body (RFC 9112, 7.1); its trailers are read and dropped."""
        made = bytearray()
        while size := self._chunk_size():
            if len(made) + size > limit:
                raise _TooLarge
            made += self.rfile.read(size)
            if self.rfile.read(2) != b"\r\n":
                raise _Malformed("a chunk is not as long as it says")
        while self.rfile.readline(65_537).strip():
            pass
        return bytes(made)

    def _chunk_size(self) -> int:
        text = self.rfile.readline(1_024).partition(b";")[0].strip()
        try:
            return int(text, 16)
        except ValueError:
            raise _Malformed("a chunk's size cannot be read") from None

    def version_string(self) -> str:
        """The value of ``Server``."""
        return "bindwright"

    def log_message(self, format: str, *args: Any) -> None:
        """The owner's log has its own lines."""
