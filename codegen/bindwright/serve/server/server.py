"""A small threaded HTTP/1.1 server around an `App`, for loopback: bounded in connections, bytes and seconds.

Framing is h11's; this module only moves bytes between sockets and h11, and holds the bounds.
"""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Callable
from socketserver import ThreadingTCPServer
from types import TracebackType
from typing import Any, Self

from attrs import define, field

from bindwright.serve.message import Respond
from bindwright.serve.server.connection import Connection, Limits

Log = Callable[[str], None]


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
    _listener: _Listener | None = field(default=None, init=False)
    _thread: threading.Thread | None = field(default=None, init=False)

    @property
    def url(self) -> str:
        """The server's address, without a slash at its end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    def start(self) -> Self:
        """Listen in a thread; harmless when it listens already. Raises OSError where the address is taken."""
        if self._listener is not None:
            return self
        self._listener = _Listener(self)
        self.port = self._listener.server_address[1]
        self._thread = threading.Thread(target=self._listener.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop listening and close; harmless when it is stopped already."""
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.stopping.set()
            listener.shutdown()
            listener.server_close()
        if self._thread is not None:
            self._thread.join(5)

    def wait(self) -> None:
        """Serve until interrupted (KeyboardInterrupt goes through)."""
        while self._thread is not None and self._thread.is_alive():
            self._thread.join(0.5)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, type_: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class _Listener(ThreadingTCPServer):
    """The listening socket, and a thread for each connection."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    # Otherwise a port stays taken for a minute after a restart. Windows would share a port that is in use.
    allow_reuse_address = sys.platform != "win32"

    def __init__(self, owner: Server) -> None:
        self.owner = owner
        self.connections: dict[Any, Connection] = {}
        self.lock, self.stopping = threading.Lock(), threading.Event()
        self.address_family = socket.AF_INET6 if ":" in owner.host else socket.AF_INET
        super().__init__((owner.host, owner.port), None)  # type: ignore[arg-type]  # `finish_request` is ours

    def process_request(self, request: Any, client_address: Any) -> None:
        """Start a connection's thread, once there is room for it."""
        owner = self.owner
        while not self.has_room():
            if self.stopping.wait(0.02):
                request.close()
                return
        with self.lock:
            self.connections[request] = Connection(request, owner.app, owner.limits, owner.log, owner.delay)
        super().process_request(request, client_address)

    def has_room(self) -> bool:
        """Whether one more connection may start; ends the one that waits longest for its client if there is none.

        A client that sends nothing must not keep others out.
        """
        with self.lock:
            if len(self.connections) < self.owner.limits.connections:
                return True
            waiting = [other for other in self.connections.values() if other.may_be_ended]
            if waiting:
                min(waiting, key=lambda other: other.waiting_since).end()
        return bool(waiting)

    def finish_request(self, request: Any, client_address: Any) -> None:
        self.connections[request].run()

    def shutdown_request(self, request: Any) -> None:
        with self.lock:
            self.connections.pop(request, None)
        super().shutdown_request(request)

    def server_close(self) -> None:
        super().server_close()
        with self.lock:
            connections = list(self.connections.values())
        for connection in connections:  # wakes threads that wait for a next request
            connection.end()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no news; anything else is."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)
