"""What a simulation sees: a typed call in, a typed answer out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import field, frozen

from bindwright.serve.message import Headers, Request


@frozen(kw_only=True)
class Call:
    """One call of an operation, its parameters and body as the generated package's types."""

    operation: str
    """``"GET /pets/{petId}"``."""
    request: Request
    """The request as it came."""
    path: Mapping[str, Any] = field(factory=dict)
    query: Mapping[str, Any] = field(factory=dict)
    header: Mapping[str, Any] = field(factory=dict)
    cookie: Mapping[str, Any] = field(factory=dict)
    body: Any = None
    """A model, list, text, bytes; None without a body."""
    sample: Callable[[], Any] = field(default=lambda: None, repr=False)
    """Makes the value that the mock would have answered with."""


@frozen(kw_only=True)
class Answer:
    """An answer that says more than its value."""

    value: Any = None
    """A model or a JSON value; None: no body."""
    status: int | None = None
    """None: the operation's documented success."""
    headers: Headers = ()


Handler = Callable[[Call], Any]
"""Returns a model, a JSON value, None (no body) or an `Answer`; raises `Refusal`."""
