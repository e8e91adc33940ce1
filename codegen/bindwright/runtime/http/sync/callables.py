"""Functions of the caller: hooks, ``sign``, ``progress``; sync clients refuse coroutine functions."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from bindwright.runtime.http.config.config import Config
from bindwright.runtime.http.model.errors import InvalidRequest

_EXPLANATION = "a sync client cannot wait for coroutines: use a plain function, or the async client"


def check_callables(config: Config) -> None:
    """Refuse coroutine functions before the first call.

    Without this check the coroutine would be created and never run, and what it was to set would be missing
    on the wire.

    Raises:
        TypeError: a hook or ``sign`` is a coroutine function.
    """
    for hook in config.hooks:
        for name in ("request", "response", "error"):
            for function in (getattr(hook, name, None), getattr(hook, f"_on_{name}", None)):
                if inspect.iscoroutinefunction(function):
                    raise TypeError(f"hook on_{name}: {_EXPLANATION}")
    if inspect.iscoroutinefunction(config.sign):
        raise TypeError(f"sign: {_EXPLANATION}")


def finish(result: Any) -> Any:
    """What a function of the caller returned.

    Raises:
        InvalidRequest: a coroutine, of a callable that does not look like a coroutine function.
    """
    if inspect.isawaitable(result):
        if inspect.iscoroutine(result):
            result.close()  # else Python warns that it was never awaited
        raise InvalidRequest(_EXPLANATION)
    return result


def in_thread(function: Callable[..., Any], *arguments: Any) -> Any:
    """What a function that blocks gives: a sync client waits for it where it is."""
    return function(*arguments)
