"""A mock under other servers: as an ASGI application (ASGI 3.0, HTTP 2.4) and as a WSGI one (PEP 3333)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import quote

from attrs import frozen

from bindwright.serve.answers.problems import phrase, problem
from bindwright.serve.message import LENGTH, Headers, Request, Respond, Response, length_of, without
from bindwright.serve.refusal import Refusal

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
StartResponse = Callable[..., Any]

_LARGEST_BODY = 64 * 2**20
"""Bytes; larger ones are answered with 413."""


@frozen
class AsgiApp:
    """``await app.asgi(scope, receive, send)``: what uvicorn, hypercorn or a Starlette `Mount` call.

    Under asyncio requests are answered in threads, so that a simulation may block.
    """

    app: Respond

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection scope. Raises ValueError for scopes other than HTTP and lifespan."""
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
        elif scope["type"] == "http":
            body = await _asgi_body(receive)
            if body is not None:
                await _send(send, scope["method"], await self._respond(scope, body))
        else:
            raise ValueError(f"the mock answers HTTP, not {scope['type']}")

    async def _respond(self, scope: Scope, body: bytes) -> Response:
        request = Request(
            method=scope["method"],
            target=_asgi_target(scope),
            headers=tuple(
                (name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]
            ),
            body=body,
        )
        if len(body) > _LARGEST_BODY:
            return _too_large(request)
        try:
            asyncio.get_running_loop()
        except RuntimeError:  # trio and others have no threads that would be known here
            return self.app.respond(request)
        return await asyncio.to_thread(self.app.respond, request)


async def _lifespan(receive: Receive, send: Send) -> None:
    while (await receive())["type"] == "lifespan.startup":
        await send({"type": "lifespan.startup.complete"})
    await send({"type": "lifespan.shutdown.complete"})


async def _asgi_body(receive: Receive) -> bytes | None:
    """The body, up to a little more than the limit; None where the client has gone."""
    body, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        if len(body) <= _LARGEST_BODY:
            body += message.get("body", b"")
        more = message.get("more_body", False)
    return bytes(body)


def _asgi_target(scope: Scope) -> str:
    """The origin form below the path that the application is mounted at (``root_path``)."""
    raw = scope.get("raw_path")
    path = raw.decode("latin-1").partition("?")[0] if raw else quote(scope["path"])
    root = scope.get("root_path", "").rstrip("/")
    for prefix in (quote(root), root):
        if prefix and (path == prefix or path.startswith(f"{prefix}/")):
            path = path[len(prefix) :]
            break
    query = scope.get("query_string", b"").decode("latin-1")
    return (path or "/") + (f"?{query}" if query else "")


async def _send(send: Send, method: str, response: Response) -> None:
    fields = [
        (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in _framed(method, response)
    ]
    await send({"type": "http.response.start", "status": response.status, "headers": fields})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else response.body})


@frozen
class WsgiApp:
    """``app.wsgi(environ, start_response)``: what gunicorn, `wsgiref` or a dispatcher of Werkzeug call.

    WSGI decodes the path. Where the server hands on the raw one (``RAW_URI``, ``REQUEST_URI``), that is taken;
    otherwise an encoded slash within a segment cannot be told from one between two.
    """

    app: Respond

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        request = Request(
            method=environ["REQUEST_METHOD"],
            target=_wsgi_target(environ),
            headers=tuple(_wsgi_headers(environ)),
            body=_wsgi_body(environ),
        )
        response = _too_large(request) if len(request.body) > _LARGEST_BODY else self.app.respond(request)
        start_response(
            f"{response.status} {phrase(response.status)}", list(_framed(request.method, response))
        )
        return [b"" if request.method == "HEAD" else response.body]


def _wsgi_target(environ: dict[str, Any]) -> str:
    root = environ.get("SCRIPT_NAME", "").rstrip("/")
    raw = environ.get("RAW_URI") or environ.get("REQUEST_URI") or ""
    path = raw.partition("?")[0] if raw.startswith("/") else ""
    prefix = quote(root, encoding="latin-1")
    if path.startswith(prefix) and path:
        path = path[len(prefix) :]
    else:
        path = quote(environ.get("PATH_INFO", ""), encoding="latin-1")  # PEP 3333: bytes as latin-1
    query = environ.get("QUERY_STRING", "")
    return (path or "/") + (f"?{query}" if query else "")


def _wsgi_headers(environ: dict[str, Any]) -> Iterable[tuple[str, str]]:
    for key, value in environ.items():
        if key.startswith("HTTP_"):  # WSGI does not say whether the client wrote ``_`` or ``-``
            yield key[5:].replace("_", "-"), value
            if "_" in key[5:]:
                yield key[5:], value
        elif key in ("CONTENT_TYPE", "CONTENT_LENGTH") and value:
            yield key.replace("_", "-"), value


def _wsgi_body(environ: dict[str, Any]) -> bytes:
    """What ``CONTENT_LENGTH`` says; to the end where the server promises one (``wsgi.input_terminated``)."""
    stream = environ["wsgi.input"]
    length = environ.get("CONTENT_LENGTH") or ""
    if length.isascii() and length.isdigit() and len(length) < 20:
        body: bytes = stream.read(min(int(length), _LARGEST_BODY + 1))
    else:
        body = stream.read(_LARGEST_BODY + 1) if environ.get("wsgi.input_terminated") else b""
    return body


def _framed(method: str, response: Response) -> Headers:
    """Header fields with the length; framing is otherwise the server's."""
    fields, length = without(response.headers, LENGTH), length_of(method, response)
    return fields if length is None else (*fields, ("Content-Length", length))


def _too_large(request: Request) -> Response:
    content_type, body = problem(
        Refusal(413, "the body is larger than this mock takes"), request.header("accept")
    )
    return Response(status=413, headers=(("Content-Type", content_type),), body=body)
