"""What a client and one call can be told: time-outs, retries, format, headers, hooks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from bindwright.runtime.http.model.answer_policy import Answers
from bindwright.runtime.http.model.timeout import Timeout

if TYPE_CHECKING:
    import ssl

    from bindwright.runtime.http.model.hooks import Hooks
    from bindwright.runtime.http.model.message import Request
    from bindwright.runtime.json.cattrs_converter import JsonConverter
    from bindwright.runtime.xml.cattrs_converter import XmlConverter

Format = Literal["json", "xml"]


class Retries:
    """When and how often a call is tried again.

    A call is repeated on connection errors and the ``statuses`` if its method is idempotent
    (RFC 9110, 9.2.2), the document or the caller says so (``idempotent=True``), or it carries a
    documented idempotency key.
    The wait before attempt *n* is random between 0 and ``min(max_delay, delay * 2 ** (n - 1))`` seconds
    (full jitter); a ``Retry-After`` takes its place, up to ``max_retry_after`` seconds: where the
    server asks for more, the error is raised at once.
    """

    __slots__ = ("budget", "delay", "limit", "max_delay", "max_retry_after", "statuses")

    def __init__(
        self,
        limit: int = 3,
        *,
        delay: float = 0.25,
        max_delay: float = 8.0,
        max_retry_after: float = 30.0,
        statuses: Sequence[int] = (408, 429, 502, 503, 504),
        budget: float | None = 0.2,
    ) -> None:
        if limit < 0:
            raise ValueError(f"retries: limit must be 0 or above, not {limit!r}")
        self.limit = limit
        """How often a call is repeated at most."""
        self.delay = delay
        self.max_delay = max_delay
        self.max_retry_after = max_retry_after
        self.statuses = frozenset(statuses)
        self.budget = budget
        """Retries per call that the client as a whole affords over time (plus ten at the start); None: any
        number."""

    def __repr__(self) -> str:
        return f"Retries({self.limit!r}, delay={self.delay!r}, max_delay={self.max_delay!r})"


class CallOptions(TypedDict, total=False):
    """Options that every operation takes."""

    timeout: Timeout | float | None
    """A number is the total; None: no limits."""
    retries: Retries | int | None
    """A number is the limit; None: never."""
    headers: Mapping[str, str] | None
    """Further headers; they win over the client's and the operation's."""
    query: Mapping[str, Any] | None
    """Further query parameters, each ``name=value`` (a list: once each)."""
    format: Format | None
    """JSON or XML, in ``Accept`` and for the body."""
    media_type: str | None
    """Media type of the body, where the document has several."""
    accept: str | None
    """The ``Accept`` header."""
    base_url: str | None
    idempotent: bool | None
    """True: this call may be repeated; False: it may not."""
    idempotency_key: str | None
    """Value of the document's idempotency key header; one is made where this is None."""
    credentials: Mapping[str, Any] | None
    """Credentials by scheme that take the client's place."""
    max_response_size: int | None
    """Bytes of a body after decompression; more is an error. 100 MiB unless it is set, and no limit for bodies
    that are read piece by piece; None: no limit at all."""
    answers: Answers
    """``"lenient"`` (the default) or ``"strict"``: whether an answer that does not fit the document is read as far
    as it can be, and what does not fit is kept as it was sent (see `deviations`), or is an error."""


class ClientOptions(TypedDict, total=False):
    """Options that every client takes."""

    timeout: Timeout | float | None
    retries: Retries | int | None
    headers: Mapping[str, str] | None
    format: Format | None
    user_agent: str | None
    server: int | None
    """Which of the document's servers, from 0."""
    server_variables: Mapping[str, str] | None
    max_redirects: int
    max_response_size: int | None
    answers: Answers
    max_connections: int
    """Connections to one server that are kept, and that are open at once."""
    proxy: str | None
    """A proxy's URL, ``""`` for none; None: as the environment says."""
    ssl_context: ssl.SSLContext | str | None
    """Another TLS verification: a context, or a file of certificate authorities. It cannot be left out."""
    hooks: Hooks | Sequence[Hooks] | None
    sign: Callable[[Request], Request | None] | None
    """Called last with each finished request, body included, on every attempt."""
    json_converter: JsonConverter | None
    """What reads and writes JSON for this client alone, with its hooks (``json.new_converter()``)."""
    xml_converter: XmlConverter | None
    """The same of XML (``xml.new_converter()``)."""
    transport: Any
    """What sends requests in the place of urllib3 or httpx2: an object with ``send(request, deadline)``."""


def timeout_of(value: Timeout | float | None) -> Timeout:
    """A `Timeout` from what options allow."""
    if isinstance(value, Timeout):
        return value
    if value is None:
        return Timeout(None, connect=None, read=None)
    return Timeout(value, connect=min(5.0, value), read=value)


def retries_of(value: Retries | int | None) -> Retries:
    """`Retries` from what options allow."""
    if isinstance(value, Retries):
        return value
    return Retries(value or 0)
