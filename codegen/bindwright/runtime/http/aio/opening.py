"""Entering a call: ``async with client.tag.with_streaming_response.operation(...) as response``."""

from __future__ import annotations

from typing import Any


class Opening:
    """A call that is made when it is entered, or waited for."""

    def __init__(self, call: Any) -> None:
        self._call = call
        self._response: Any = None

    def __await__(self) -> Any:
        return self._call.__await__()

    async def __aenter__(self) -> Any:
        self._response = await self._call
        return self._response

    async def __aexit__(self, *_: object) -> None:
        await self._response.aclose()


def opened(call: Any) -> Opening:
    """What is given in the place of the coroutine."""
    return Opening(call)
