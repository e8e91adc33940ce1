"""The sync and the async client of a generated package behind one door."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any, Protocol

from tests.interop.typespec.bindings import Method


class Caller(Protocol):
    """Calls a generated method in one of its forms."""

    def raw(self, method: Method, keywords: dict[str, Any]) -> Any:
        """Its raw response."""

    def pages(self, method: Method, keywords: dict[str, Any]) -> list[Any]:
        """The items of all pages."""

    def items(self, method: Method, keywords: dict[str, Any]) -> list[Any]:
        """The items of a streamed answer."""


class _Sync:
    def __init__(self, client: Any) -> None:
        self._client = client

    def _resource(self, method: Method) -> Any:
        return getattr(self._client, method.resource)

    def raw(self, method: Method, keywords: dict[str, Any]) -> Any:
        return getattr(self._resource(method).with_raw_response, method.name)(**keywords)

    def pages(self, method: Method, keywords: dict[str, Any]) -> list[Any]:
        return list(getattr(self._resource(method), method.name)(**keywords))

    def items(self, method: Method, keywords: dict[str, Any]) -> list[Any]:
        with getattr(self._resource(method).with_streaming_response, method.name)(**keywords) as answer:
            return list(answer.iter_items())


class _Async(_Sync):
    def __init__(self, client: Any, runner: asyncio.Runner) -> None:
        super().__init__(client)
        self._runner = runner

    def raw(self, method: Method, keywords: dict[str, Any]) -> Any:
        return self._runner.run(getattr(self._resource(method).with_raw_response, method.name)(**keywords))

    def pages(self, method: Method, keywords: dict[str, Any]) -> list[Any]:
        async def all_of_them() -> list[Any]:
            return [item async for item in await getattr(self._resource(method), method.name)(**keywords)]

        return self._runner.run(all_of_them())

    def items(self, method: Method, keywords: dict[str, Any]) -> list[Any]:
        async def all_of_them() -> list[Any]:
            streams = self._resource(method).with_streaming_response
            async with getattr(streams, method.name)(**keywords) as answer:
                return [item async for item in answer.iter_items()]

        return self._runner.run(all_of_them())


@contextmanager
def sync_client(package: ModuleType, base: str, **options: Any) -> Iterator[Caller]:
    """The sync client, closed at the end."""
    with package.Client(base, **options) as client:
        yield _Sync(client)


@contextmanager
def async_client(package: ModuleType, base: str, **options: Any) -> Iterator[Caller]:
    """The async client, closed at the end."""
    with asyncio.Runner() as runner:
        client = package.AsyncClient(base, **options)
        try:
            yield _Async(client, runner)
        finally:
            runner.run(client.aclose())
