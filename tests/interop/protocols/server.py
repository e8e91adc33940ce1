"""A server on loopback that keeps the last request as it came, and answers with what it was told to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from attrs import define, field


@define
class Script:
    """What to answer next, and what came."""

    status: int = 200
    headers: dict[str, Any] = field(factory=dict)
    body: bytes = b""
    method: str = ""
    target: str = ""
    sent: dict[str, str] = field(factory=dict)
    sent_body: bytes = b""


@contextmanager
def server() -> Iterator[tuple[str, Script]]:
    """Its address, and its script."""
    script = Script()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            script.method, script.target = self.command, self.path
            script.sent = {name.lower(): value for name, value in self.headers.items()}
            script.sent_body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response_only(script.status)
            for name, value in script.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(script.body)))
            self.end_headers()
            self.wfile.write(b"" if self.command == "HEAD" else script.body)

        do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = answer

        def log_message(self, format: str, *_arguments: Any) -> None:
            """Say nothing."""

    http_server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http_server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{http_server.server_port}", script
    finally:
        http_server.shutdown()
        http_server.server_close()
        thread.join()
