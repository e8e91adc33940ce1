"""Runs one test against the sync and the async client."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from bindwright.runtime.http import Operation

from tests.http import shop


class Caller:
    """Calls through one of the two clients; close it at the end."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._runner = asyncio.Runner() if kind == "async" else None
        self._open: list[Any] = []

    def client(self, base_url: str | None, *schemes: Any, **options: Any) -> Any:
        """A fresh client's resource."""
        make = shop.client if self._runner is None else shop.async_client
        resource = make(base_url, *schemes, **options)
        self._open.append(resource)
        return resource

    def call(
        self, resource: Any, operation: Operation, arguments: Any = None, body: Any = None, **options: Any
    ) -> Any:
        """One call, to its end."""
        if self._runner is None:
            return shop.call(resource, operation, arguments, body, **options)
        return self._runner.run(shop.acall(resource, operation, arguments, body, **options))

    def run(self, awaitable: Any) -> Any:
        """A coroutine of the async side; what is no coroutine is the value itself."""
        return awaitable if self._runner is None else self._runner.run(awaitable)

    def close(self) -> None:
        for resource in self._open:
            if self._runner is None:
                resource._client.close()
            else:
                self._runner.run(resource._client.aclose())
        if self._runner is not None:
            self._runner.close()


@pytest.fixture(params=["sync", "async"])
def caller(request: pytest.FixtureRequest) -> Any:
    """A `Caller` of each kind."""
    caller = Caller(request.param)
    yield caller
    caller.close()
