"""What a state means: sans-I/O (``x-poll``)."""

from __future__ import annotations

from typing import Any, Literal

from bindwright.runtime.http.model.message import Headers
from bindwright.runtime.http.model.operation import Poll
from bindwright.runtime.http.policy.retries import retry_after
from bindwright.runtime.http.response.pagination import place


def verdict(poll: Poll, value: Any, headers: Headers) -> Literal["done", "failed", "going"]:
    """Whether something is over, and how."""
    state = place(poll.state, value, headers)
    if state is not None and state in poll.failed:
        return "failed"
    if poll.done:
        return "done" if state in poll.done else "going"
    return "done" if state not in (None, False, "") else "going"


def pause(poll: Poll, interval: float | None, headers: Headers) -> float:
    """Seconds until the next look: ``Retry-After`` (a minute at most), the caller's, or the document's."""
    requested = retry_after(headers.get("retry-after"))
    if requested is not None:
        return min(requested, 60.0)
    return poll.interval if interval is None else interval
