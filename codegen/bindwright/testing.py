"""Testing code that calls an API, without sockets: a mock that answers from the document, in memory.

::

    pytest_plugins = ["bindwright.testing"]

    def test_a_pet(mock_api):
        mock = mock_api("petshop.yaml", package="petshop")
        with Client("http://shop.example", transport=mock.transport) as client:
            ...
        assert mock.calls[0].operation == "GET /pets/{petId}"

Every request is recorded and checked against the document; with the fixture, a test whose requests are not as
documented fails at its end, unless it calls `MockApi.expect_refusals`.

PYTEST_DONT_REWRITE (tests import names from here before they name it as a plugin)
"""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Self
from urllib.parse import urlsplit

from attrs import define, field

from bindwright.runtime.http.model.message import Headers
from bindwright.runtime.http.model.message import Request as ClientRequest
from bindwright.serve import App, Call, Refusal, Request, Response, load
from bindwright.serve.exchange import Outcome
from bindwright.serve.handlers import Answer, Handler

_CHUNK = 1_000

__all__ = ["Answer", "AsyncMockTransport", "Call", "MockApi", "MockTransport", "Outcome", "Refusal"]


class MockReply:
    """An answer that is there already; the shape is that of the transports of `bindwright.runtime.http`."""

    def __init__(self, response: Response) -> None:
        self.status = response.status
        self.headers = Headers((*response.headers, ("Content-Length", str(len(response.body)))))
        self._body = response.body

    def read(self) -> bytes:
        """The rest of the body."""
        body, self._body = self._body, b""
        return body

    def chunks(self) -> Iterator[bytes]:
        """The body in pieces, so that readers of streams are put to the test."""
        body = MockReply.read(self)
        yield from (body[start : start + _CHUNK] for start in range(0, len(body), _CHUNK))

    def close(self) -> None:
        """Nothing is held."""


class AsyncMockReply(MockReply):
    """The same for async clients."""

    async def read(self) -> bytes:  # type: ignore[override]  # the async transports' shape
        """The rest of the body."""
        return super().read()

    async def chunks(self) -> AsyncIterator[bytes]:  # type: ignore[override]
        """The body in pieces."""
        for chunk in list(super().chunks()):
            yield chunk

    async def aclose(self) -> None:
        """Nothing is held."""


class MockTransport:
    """In place of the network: answers a sync client from an `App`, and records it all. Thread-safe."""

    def __init__(self, app: App, calls: list[Outcome] | None = None) -> None:
        self.app = app
        self.calls: list[Outcome] = [] if calls is None else calls
        """Every exchange, in order."""

    def send(self, request: ClientRequest, deadline: object = None) -> MockReply:
        """Answer one request."""
        body = request.body
        data = body if isinstance(body, bytes) else b"" if body is None else b"".join(body)
        return MockReply(self.exchange(request, data))

    def exchange(self, request: ClientRequest, body: bytes) -> Response:
        """Ask the app, and record what it says."""
        headers = tuple(request.headers.items())
        received = Request(method=request.method, target=_target(request.url), headers=headers, body=body)
        outcome = self.app.examine(received)
        self.calls.append(outcome)
        return outcome.response

    def close(self) -> None:
        """Nothing is held."""


class AsyncMockTransport(MockTransport):
    """The same for async clients."""

    async def send(self, request: ClientRequest, deadline: object = None) -> AsyncMockReply:  # type: ignore[override]
        """Answer one request."""
        body = request.body
        if hasattr(body, "__aiter__"):
            data = b"".join([chunk async for chunk in body])
        else:
            data = body if isinstance(body, bytes) else b"" if body is None else b"".join(body)
        return AsyncMockReply(self.exchange(request, data))

    async def aclose(self) -> None:
        """Nothing is held."""


@define(eq=False)
class MockApi:
    """An API in memory: its transport, what was called, and what to answer."""

    app: App
    transport: MockTransport = field(init=False)
    """For the ``transport=`` of a sync client."""
    async_transport: AsyncMockTransport = field(init=False)
    """For the ``transport=`` of an async client."""
    _refusals_expected: bool = field(default=False, init=False)

    def __attrs_post_init__(self) -> None:
        self.transport = MockTransport(self.app)
        self.async_transport = AsyncMockTransport(self.app, self.transport.calls)

    @classmethod
    def load(cls, document: str | os.PathLike[str], *, package: str | None = None, seed: int = 0) -> Self:
        """A mock of a document's API; arguments as for `bindwright.serve.load`."""
        return cls(load(document, package=package, seed=seed))

    @property
    def calls(self) -> list[Outcome]:
        """Every exchange so far: ``request``, ``response``, ``operation``, ``refusal``."""
        return self.transport.calls

    def handle(self, operation: str, function: Handler | None = None) -> Callable[[Handler], Handler]:
        """Answer an operation with a function; see `bindwright.serve.App.handle`."""
        return self.app.handle(operation, function)

    def answer(
        self,
        operation: str,
        value: Any = None,
        *,
        status: int | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        """Answer an operation with a value: a model, a JSON value, or None for no body.

        `status` is the documented success where it is left out.
        """
        answer = Answer(value=value, status=status, headers=tuple((headers or {}).items()))
        self.app.handle(operation, lambda call: answer)

    def refuse(self, operation: str, status: int, detail: str = "") -> None:
        """Answer an operation with an error, in the documented schema where there is one."""

        def refuse(call: Call) -> Any:
            raise Refusal(status, detail or f"{status}")

        self.app.handle(operation, refuse)

    def expect_refusals(self) -> None:
        """Requests that are not as documented are meant in this test."""
        self._refusals_expected = True

    def check(self) -> None:
        """Raise AssertionError with everything that was reports with the requests so far."""
        reports = [_report(outcome) for outcome in self.calls if outcome.refusal is not None]
        if reports and not self._refusals_expected:
            raise AssertionError("requests that are not as documented:\n" + "\n".join(reports))


def _report(outcome: Outcome) -> str:
    request, refusal = outcome.request, outcome.refusal
    assert refusal is not None
    details = "; ".join(f"{item.where} {item.what}" for item in refusal.violations)
    return f"  {request.method} {request.target}: {refusal}" + (f" ({details})" if details else "")


def _target(url: str) -> str:
    """The origin form of a URL."""
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _fixture() -> Any:
    import pytest

    @pytest.fixture(name="mock_api")
    def fixture() -> Iterator[Callable[..., MockApi]]:
        """Makes mocks of documents; at the end of the test, their requests must have been as documented."""
        mocks: list[MockApi] = []

        def make(document: str | os.PathLike[str], *, package: str | None = None, seed: int = 0) -> MockApi:
            mocks.append(MockApi.load(document, package=package, seed=seed))
            return mocks[-1]

        yield make
        for mock in mocks:
            mock.check()

    return fixture


if "pytest" in sys.modules:  # only tests need the fixture, and only they have pytest for sure
    mock_api = _fixture()
