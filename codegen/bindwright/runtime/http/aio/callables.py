"""Functions of the caller: hooks, ``sign``, ``progress``; async clients wait for what they return."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from bindwright.runtime.http.config.config import Config


def check_callables(config: Config) -> None:
    """Async clients accept plain and coroutine functions."""


async def finish(result: Any) -> Any:
    """What a function of the caller returned; a coroutine is waited for."""
    if inspect.isawaitable(result):
        return await result
    return result


async def in_thread(function: Callable[..., Any], *arguments: Any) -> Any:
    """What a function that blocks gives, while the event loop goes on; a cancellation does not wait for its end."""
    from anyio import to_thread

    return await to_thread.run_sync(function, *arguments, abandon_on_cancel=True)
