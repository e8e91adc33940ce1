"""What the command line shows of something that takes its time, on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from bindwright.runtime.http.model.operation import Operation, Poll
from bindwright.standards.terminal import escape_controls


def progress(method: Callable[..., Any]) -> Callable[[Any], None]:
    """A function that shows each state that differs from the one before: a bar on a terminal, else a line.

    ``method`` is the generated method that waits.
    """
    poll = _poll_of(method)
    before: list[Any] = []

    def hear(value: Any) -> None:
        state = _state(poll, value)
        if state is None or before == [state]:
            return
        before[:] = [state]
        if sys.stderr.isatty():
            end = "\n" if state == 100 else ""
            print(f"\r{_bar(state)}\x1b[K", end=end, file=sys.stderr, flush=True)
        else:
            print(_words(state), file=sys.stderr, flush=True)

    return hear


def _poll_of(method: Callable[..., Any]) -> Poll | None:
    """What the document says of the operation that the method repeats: the one its body names."""
    function: Any = method
    values = (function.__globals__.get(name) for name in function.__code__.co_names)
    return next(
        (value.poll for value in values if isinstance(value, Operation) and value.poll is not None), None
    )


def _state(poll: Poll | None, value: Any) -> Any:
    """The percentage, where the document says where one stands, else the state."""
    from bindwright.runtime.http.model.message import Headers
    from bindwright.runtime.http.response.pagination import place

    if poll is None or (poll.progress or poll.state).startswith("$response.header."):
        return None
    return place(poll.progress or poll.state, value, Headers([]))


def _words(state: Any) -> str:
    number = isinstance(state, (int, float)) and not isinstance(state, bool)
    return f"{state} %" if number else escape_controls(str(state), lines=False)


def _bar(state: Any) -> str:
    if not isinstance(state, (int, float)) or isinstance(state, bool):
        return _words(state)
    filled = round(max(0.0, min(100.0, state)) * 0.3)
    return f"{'#' * filled}{'.' * (30 - filled)} {_words(state)}"
