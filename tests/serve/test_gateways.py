"""The mock under ASGI and WSGI servers."""

from __future__ import annotations

import asyncio
import http.client
import json
import threading
from collections.abc import Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.validate import validator

import pytest
from bindwright.serve import App, Call, Request, Response, Server
from bindwright.serve.gateways import AsgiApp, Scope

from tests.serve.shop import app


def ask(asgi: AsgiApp, scope: dict[str, Any], *bodies: bytes) -> tuple[int, dict[str, str], bytes]:
    """What an ASGI server does, without one."""
    messages = [{"type": "http.request", "body": body, "more_body": True} for body in bodies]
    messages.append({"type": "http.request", "body": b"", "more_body": False})
    sent: list[Any] = []

    async def receive() -> Any:
        return messages.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    full: Scope = {"type": "http", "method": "GET", "headers": [], "query_string": b"", **scope}
    asyncio.run(asgi(full, receive, send))
    start, body = sent
    return start["status"], {n.decode(): v.decode() for n, v in start["headers"]}, body["body"]


def test_asgi() -> None:
    status, headers, body = ask(app().asgi, {"path": "/pets/5", "raw_path": b"/pets/5"})
    assert (status, headers["content-type"]) == (200, "application/json")
    assert headers["content-length"] == str(len(body))
    assert json.loads(body)["name"]


def test_asgi_head_has_the_length_that_get_would_have() -> None:
    _, _, body = ask(app().asgi, {"path": "/pets/5"})
    status, headers, nothing = ask(app().asgi, {"method": "HEAD", "path": "/pets/5"})
    assert (status, headers["content-length"], nothing) == (200, str(len(body)), b"")
    status, headers, _ = ask(app().asgi, {"method": "HEAD", "path": "/nothing"})
    assert (status, headers.get("content-length")) == (404, None)


def test_asgi_bodies_and_handlers() -> None:
    mock = app()
    mock.handle("POST /pets", lambda call: call.body)
    headers = [(b"content-type", b"application/json")]
    scope = {"method": "POST", "path": "/pets", "headers": headers}
    status, _, body = ask(mock.asgi, scope, b'{"na', b'me": "Rex"}')
    assert (status, json.loads(body)) == (201, {"name": "Rex"})


@pytest.mark.parametrize(
    ("scope", "target"),
    [
        ({"path": "/a b", "raw_path": b"/a%20b", "query_string": b"q=%2F"}, "/a%20b?q=%2F"),
        ({"path": "/a/b", "raw_path": b"/a%2Fb"}, "/a%2Fb"),
        ({"path": "/a b"}, "/a%20b"),
        ({"path": "/mock/a", "raw_path": b"/mock/a", "root_path": "/mock"}, "/a"),
        ({"path": "/mock", "root_path": "/mock/"}, "/"),
        ({"path": "/mockery", "root_path": "/mock"}, "/mockery"),
        ({"path": "/é/a", "raw_path": b"/%C3%A9/a", "root_path": "/é"}, "/a"),
    ],
)
def test_asgi_targets(scope: dict[str, Any], target: str) -> None:
    recorder = Recorder()
    ask(AsgiApp(recorder), scope)
    assert [request.target for request in recorder.requests] == [target]


class Recorder:
    """Keeps what it is asked."""

    def __init__(self) -> None:
        self.requests: list[Request] = []

    def respond(self, request: Request) -> Response:
        self.requests.append(request)
        return Response(status=204)


def test_asgi_lifespan_and_other_scopes() -> None:
    messages, sent = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}], list[str]()

    async def receive() -> Any:
        return messages.pop(0)

    async def send(message: Any) -> None:
        sent.append(message["type"])

    asyncio.run(app().asgi({"type": "lifespan"}, receive, send))
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    with pytest.raises(ValueError, match="websocket"):
        asyncio.run(app().asgi({"type": "websocket"}, receive, send))


def test_asgi_requests_run_beside_each_other() -> None:
    """A simulation that blocks does not keep others from being answered."""
    mock, entered = app(), threading.Barrier(2, timeout=5)

    def wait(call: Call) -> Any:
        entered.wait()
        return call.sample()

    mock.handle("GET /pets/mine", wait)

    async def both() -> list[int]:
        return await asyncio.gather(
            *(asyncio.to_thread(ask, mock.asgi, {"path": "/pets/mine"}) for _ in "ab")
        )

    assert [status for status, *_ in asyncio.run(both())] == [200, 200]


class Quiet(WSGIRequestHandler):
    """Does not print."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def wsgi() -> Iterator[int]:
    """The port of wsgiref's server, with its checks of the protocol around the mock."""
    with make_server("127.0.0.1", 0, validator(app().wsgi), handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_wsgi(wsgi: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", wsgi, timeout=5)
    connection.request("POST", "/api/v1/pets", b'{"name": "Rex"}', {"Content-Type": "application/json"})
    response = connection.getresponse()
    assert (response.status, response.read() != b"") == (201, True)
    connection = http.client.HTTPConnection("127.0.0.1", wsgi, timeout=5)
    connection.request("GET", "/pets/1?x=%20", headers={"Accept": "application/xml"})
    response = connection.getresponse()
    assert (response.status, response.getheader("content-type")) == (200, "application/xml")
    response.read()
    connection.close()


@pytest.mark.parametrize(
    ("environ", "target"),
    [
        ({"PATH_INFO": "/a b", "QUERY_STRING": "q=%2F"}, "/a%20b?q=%2F"),
        ({"PATH_INFO": "/Ã©"}, "/%C3%A9"),
        ({"PATH_INFO": "/a/b", "RAW_URI": "/a%2Fb?q"}, "/a%2Fb"),
        ({"PATH_INFO": "/a/b", "REQUEST_URI": "/mock/a%2Fb", "SCRIPT_NAME": "/mock"}, "/a%2Fb"),
        ({"PATH_INFO": "", "SCRIPT_NAME": "/mock"}, "/"),
    ],
)
def test_wsgi_targets(environ: dict[str, Any], target: str) -> None:
    import io

    from bindwright.serve.gateways import WsgiApp

    recorder = Recorder()
    full = {"REQUEST_METHOD": "GET", "wsgi.input": io.BytesIO(b"unread"), **environ}
    assert list(WsgiApp(recorder)(full, lambda status, headers: None)) == [b""]
    assert [(request.target, request.body) for request in recorder.requests] == [(target, b"")]


def test_the_same_answer_everywhere() -> None:
    mock: App = app()
    direct = mock.respond(Request(method="GET", target="/pets/5"))
    _, _, asgi = ask(mock.asgi, {"path": "/pets/5"})
    with Server(mock) as server:
        connection = http.client.HTTPConnection(server.host, server.port, timeout=5)
        connection.request("GET", "/pets/5")
        assert connection.getresponse().read() == direct.body == asgi
        connection.close()
