"""The pages beside a mock: ``/docs`` of its address, where the API itself has nothing there."""

from __future__ import annotations

import threading
from typing import Protocol

from bindwright.ir.model import Api
from bindwright.ports.bindings import Bindings
from bindwright.ports.pages.site import pages
from bindwright.serve import Request, Response

MOUNT = "/docs"
_TYPES = {"html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8"}


class Responder(Protocol):
    """What answers requests: an `App`, or one with a log."""

    def respond(self, request: Request) -> Response:
        """The answer to a request."""


class WithPages:
    """A mock with the pages of its API; they are made when they are first asked for."""

    def __init__(self, api: Api, mock: Responder) -> None:
        self._api = api
        self._mock = mock
        self._lock = threading.Lock()
        self._pages: dict[str, bytes] = {}
        self._free = not any((operation.path + "/").startswith(f"{MOUNT}/") for operation in api.operations)

    def respond(self, request: Request) -> Response:
        """A page, or the mock's answer."""
        path = request.path
        if not self._free or request.method != "GET" or not (path == MOUNT or path.startswith(f"{MOUNT}/")):
            return self._mock.respond(request)
        if path == MOUNT:
            return Response(status=308, headers=(("Location", f"{MOUNT}/"),))
        name = path.removeprefix(f"{MOUNT}/") or "index.html"
        data = self._site().get(name)
        if data is None:
            return self._mock.respond(request)
        return Response(status=200, headers=(("Content-Type", _TYPES[name.rpartition(".")[2]]),), body=data)

    def _site(self) -> dict[str, bytes]:
        with self._lock:
            if not self._pages:
                with Bindings.of(self._api) as bindings:
                    self._pages = pages(bindings)
            return self._pages
