"""Entering a call: ``async with client.tag.with_streaming_response.operation(...) as response``."""

from __future__ import annotations

from collections.abc import Coroutine, Generator
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Opening(Generic[T]):
    """A call that is made when it is entered, or waited for."""

    def __init__(self, call: Coroutine[Any, Any, T]) -> None:
        self._call = call
        self._response: Any = None

    def __await__(self) -> Generator[Any, Any, T]:
        return self._call.__await__()

    async def __aenter__(self) -> T:
        self._response = response = await self._call
        return response

    async def __aexit__(self, *_: object) -> None:
        await self._response.aclose()


def opened(call: Any) -> Opening[Any]:
    """What is given in the place of the coroutine."""
    return Opening(call)
