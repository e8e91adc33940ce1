"""Functions of the caller: hooks, ``sign``, ``progress``; async clients wait for what they return."""

from __future__ import annotations

import inspect
from typing import Any

from bindwright.runtime.http.config.config import Config


def check_callables(config: Config) -> None:
    """Async clients accept plain and coroutine functions."""


async def finish(result: Any) -> Any:
    """What a function of the caller returned; a coroutine is waited for."""
    if inspect.isawaitable(result):
        return await result
    return result
