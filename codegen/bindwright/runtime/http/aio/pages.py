"""Calls of lists in pages: gone through with ``async for``, or waited for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Coroutine, Generator
from typing import Any, TypeVar

from bindwright.runtime.http.aio.paging import AsyncPage

T = TypeVar("T")


class AsyncPages(Coroutine[Any, Any, AsyncPage[T]]):
    """The call of a list in pages: ``async for`` goes through all items, ``await`` gives the first page.

    A coroutine in every way, so that tasks and groups of tasks take it.
    """

    def __init__(self, call: Coroutine[Any, Any, AsyncPage[T]]) -> None:
        self._call = call

    def __await__(self) -> Generator[Any, Any, AsyncPage[T]]:
        return self._call.__await__()

    async def __aiter__(self) -> AsyncIterator[T]:
        async for item in await self._call:
            yield item

    async def iter_items(self, limit: int | None = None) -> AsyncIterator[T]:
        """The items of all pages, ``limit`` at most."""
        async for item in (await self._call).iter_items(limit):
            yield item

    async def iter_pages(self) -> AsyncIterator[AsyncPage[T]]:
        """All pages."""
        async for page in (await self._call).iter_pages():
            yield page

    def send(self, value: Any) -> Any:
        return self._call.send(value)

    def throw(self, *error: Any) -> Any:
        return self._call.throw(*error)

    def close(self) -> None:
        self._call.close()


def paged(call: Any) -> AsyncPages[Any]:
    """What is given in the place of the coroutine."""
    return AsyncPages(call)
