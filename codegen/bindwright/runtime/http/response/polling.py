"""What a state means: sans-I/O (``x-poll``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from bindwright.runtime.http.model.message import Headers
from bindwright.runtime.http.model.operation import Poll
from bindwright.runtime.http.policy.retries import retry_after
from bindwright.runtime.http.response.pagination import place

Verdict = Literal["done", "failed", "going"]

MAX_FAILURES = 3
"""Failed looks in a row after which waiting ends: one 500 says nothing of what is waited for."""
_STATE_HEADERS = ("operation-location", "azure-asyncoperation")
_FAILED = frozenset({"failed", "canceled", "cancelled", "error"})
_DONE = frozenset({"succeeded", "success", "completed", "complete", "done", "ready"})


def verdict(poll: Poll, value: Any, headers: Headers, status: int = 200) -> Verdict:
    """Whether something is over, and how."""
    state = status if poll.state == "$statusCode" else place(poll.state, value, headers)
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


def state_url(headers: Headers) -> tuple[str | None, bool]:
    """Where the state of something is that an answer has only begun, and whether a body tells it there.

    At a ``Location`` the HTTP status does: 202 while it goes on (RFC 9110, 15.3.3).
    """
    for name in _STATE_HEADERS:
        if name in headers:
            return headers[name], True
    return headers.get("location"), False


def resource_verdict(status: int, by_body: bool, state: Any) -> Verdict:
    """Whether what an answer has begun is over, by the status of a look and, where it counts, its body."""
    if not by_body:
        return "going" if status == 202 else "done"
    word = ""
    if isinstance(state, Mapping):
        properties = state.get("properties")
        provisioning = properties.get("provisioningState") if isinstance(properties, Mapping) else None
        word = str(state.get("status") or state.get("state") or provisioning or "").lower()
    if word in _FAILED:
        return "failed"
    return "done" if word in _DONE else "going"


def result_url(method: str, url: str, first: Headers, state: Any) -> str | None:
    """Where the result is when a body has told the end: what it names, ``Location``, or what was written."""
    named = state.get("resourceLocation") if isinstance(state, Mapping) else None
    if isinstance(named, str):
        return named
    if method in ("PUT", "PATCH"):
        return url
    return first.get("location")
