"""Requests and answers as values, between the sans-I/O layer and the transports."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from bindwright.runtime import leniency
from bindwright.runtime.errors import BindwrightError
from bindwright.runtime.http.model.answer_policy import STRICT
from bindwright.runtime.http.model.redact import hide, redact_headers, redact_url, secrets_of, spellings
from bindwright.runtime.http.model.timeout import Timeout

T = TypeVar("T")


_REQUEST_ID = (
    "x-request-id",
    "request-id",
    "x-ms-request-id",
    "x-amz-request-id",
    "x-amzn-requestid",
    "x-correlation-id",
    "x-trace-id",
)


class Headers(Mapping[str, str]):
    """Header fields of an answer: names in any case, several values of one name joined by ``", "``.

    Values are read as UTF-8 where they are that, else as ISO-8859-1 (RFC 9110, 5.5), by both clients alike.
    """

    __slots__ = ("_by_name", "_request", "pairs")

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.pairs = tuple((name, value if value.isascii() else _readable(value)) for name, value in pairs)
        """All fields, in the order they came in."""
        self._by_name = _joined(self.pairs)
        self._request: Request | None = None

    def __getitem__(self, name: str) -> str:
        return self._by_name[name.lower()]

    @property
    def request_id(self) -> str | None:
        """What the server calls the request, from the usual headers."""
        return next((self[name] for name in _REQUEST_ID if name in self), None)

    def get_all(self, name: str) -> list[str]:
        """Every value of one name, apart (``Set-Cookie`` must not be joined)."""
        name = name.lower()
        return [value for key, value in self.pairs if key.lower() == name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._by_name

    def answer_to(self, request: Request) -> None:
        """Note the request whose secrets `repr` hides where the server repeats them."""
        self._request = request

    def __reduce__(self) -> tuple[Any, ...]:
        return _headers_from, (self.pairs,)

    def __repr__(self) -> str:
        request = self._request
        if request is None:
            return f"Headers({redact_headers(self._by_name)!r})"
        return f"Headers({redact_headers(self._by_name, (), request.secret_query, request.secrets())!r})"


def _headers_from(pairs: tuple[tuple[str, str], ...]) -> Headers:
    """Headers from a pickle: their values are text already, and must not be read as UTF-8 a second time."""
    headers = Headers(())
    headers.pairs, headers._by_name = pairs, _joined(pairs)
    return headers


def _joined(pairs: tuple[tuple[str, str], ...]) -> dict[str, str]:
    joined: dict[str, str] = {}
    for name, value in pairs:
        key = name.lower()
        joined[key] = f"{joined[key]}, {value}" if key in joined else value
    return joined


def _readable(value: str) -> str:
    """A value that came as ISO-8859-1, as every transport gives it."""
    try:
        return value.encode("latin-1").decode()
    except UnicodeError:
        return value


class Request:
    """A finished request. Hooks and ``sign`` may change ``url``, ``headers`` and ``body``."""

    __slots__ = (
        "attempt",
        "body",
        "credential_headers",
        "headers",
        "length",
        "method",
        "operation",
        "path",
        "policy",
        "repeatable",
        "resends",
        "restart",
        "secret_headers",
        "secret_query",
        "secret_values",
        "span",
        "url",
    )

    def __init__(
        self,
        method: str,
        url: str,
        headers: dict[str, str] | None = None,
        body: Any = None,
        *,
        operation: str = "",
        path: str = "",
    ) -> None:
        self.method = method
        self.url = url
        """Absolute, percent-encoded."""
        self.headers: dict[str, str] = headers if headers is not None else {}
        self.body = body
        """None, bytes, or an (async) iterable of bytes."""
        self.length: int | None = None
        """Length of an iterable body, where it is known."""
        self.operation = operation
        self.path = path
        """The path's template, for spans."""
        self.repeatable = True
        """Whether the body can be sent again."""
        self.restart: Callable[[], Any] | None = None
        """Gives an iterable body anew."""
        self.secret_query: frozenset[str] = frozenset()
        self.secret_headers: frozenset[str] = frozenset()
        self.secret_values: frozenset[str] = frozenset()
        """Secrets that stand neither in a header nor in the query: those of a token request's form, and those that
        stayed behind when a redirect led to another origin, which the redirect's URL may repeat."""
        self.policy = STRICT
        """How the answer is read."""
        self.attempt = 0
        """How often it was tried again after a failure."""
        self.resends = 0
        """How often it was sent before, retries, redirects and renewed tokens together."""
        self.span: Any = None
        """The tracing hook's own."""
        self.credential_headers: frozenset[str] = frozenset()
        """Lower-case names of headers that must not follow to another origin."""

    def copy(self) -> Request:
        """Another one that can be changed."""
        duplicate = Request(self.method, self.url, dict(self.headers), self.body)
        for name in self.__slots__:
            if name not in ("headers", "method", "url", "body"):
                setattr(duplicate, name, getattr(self, name))
        return duplicate

    def set_header(self, name: str, value: str) -> None:
        """Set a header whatever the case of the one that is there."""
        put(self.headers, name, value)

    def secrets(self) -> tuple[str, ...]:
        """The values to be hidden wherever a server repeats them; worked out only where something is shown."""
        values = secrets_of(self.headers, self.url, self.secret_headers, self.secret_query)
        return spellings({*values, *self.secret_values}) if self.secret_values else values

    __copy__ = copy

    def __reduce__(self) -> tuple[Any, ...]:
        """A pickle may lie in a queue or a cache: it holds neither credentials nor what cannot be pickled."""
        sendable = self.body is None or isinstance(self.body, bytes)
        state = {
            "body": self.body if sendable else None,
            "length": self.length,
            "operation": self.operation,
            "path": self.path,
            "repeatable": self.repeatable and sendable,
            "attempt": self.attempt,
        }
        return _request_from, (self.method, self.safe_url(), self._safe_headers(), state)

    def __repr__(self) -> str:
        return f"Request({self.method!r}, {self.safe_url()!r}, headers={self._safe_headers()!r})"

    def safe_url(self) -> str:
        """The URL without secrets."""
        return hide(redact_url(self.url, self.secret_query), self.secrets())

    def _safe_headers(self) -> dict[str, str]:
        return redact_headers(self.headers, self.secret_headers, self.secret_query, self.secrets())


def _request_from(method: str, url: str, headers: dict[str, str], state: dict[str, Any]) -> Request:
    request = Request(method, url, headers)
    for name, value in state.items():
        setattr(request, name, value)
    return request


def put(headers: dict[str, str], name: str, value: str | None) -> None:
    """Set (None: remove) a header whatever the case of the one that is there."""
    folded = name.lower()
    for key in [key for key in headers if key.lower() == folded]:
        del headers[key]
    if value is not None:
        headers[name] = value


class Deadline:
    """When a call must be over, on the clock of `time.monotonic`."""

    __slots__ = ("at", "connect", "read")

    def __init__(self, timeout: Timeout) -> None:
        self.connect = timeout.connect
        self.read = timeout.read
        self.at = None if timeout.total is None else time.monotonic() + timeout.total

    def remaining(self) -> float | None:
        """Seconds left, 0 at least; None: no limit."""
        return None if self.at is None else max(0.0, self.at - time.monotonic())

    def extend(self, seconds: float) -> None:
        """Give the call more time: it waited for a person."""
        if self.at is not None:
            self.at += seconds

    def passed(self) -> bool:
        """Whether the call must be over."""
        return self.at is not None and time.monotonic() >= self.at

    def sooner(self, limit: float | None) -> float | None:
        """The smaller of a limit in seconds and what is left."""
        if self.at is None:
            return limit
        remaining = max(0.001, self.at - time.monotonic())
        return remaining if limit is None or remaining < limit else limit


class RawResponse(Generic[T]):
    """A successful answer with its value: what ``with_raw_response`` gives."""

    __slots__ = (
        "_decode", "_deviations", "_error", "_typed_headers", "_value", "body", "headers", "request", "status"
    )  # fmt: skip

    def __init__(
        self,
        request: Request,
        status: int,
        headers: Headers,
        body: bytes,
        decode: Callable[[], T],
        typed_headers: Callable[[], dict[str, Any]] = dict,
    ) -> None:
        self.request = request
        self.status = status
        self.headers = headers
        self.body = body
        """The body's bytes, decompressed."""
        self._decode: Callable[[], T] | None = decode
        self._typed_headers: Callable[[], dict[str, Any]] = typed_headers
        self._value: Any = None
        self._error: Exception | None = None
        self._deviations: tuple[leniency.Deviation, ...] = ()

    @property
    def status_code(self) -> int:
        """The status, under the name that requests and httpx use."""
        return self.status

    @property
    def content(self) -> bytes:
        """The body, under the name that requests and httpx use."""
        return self.body

    @property
    def text(self) -> str:
        """The body as text, by the charset of its media type.

        Raises:
            DecodeError: the charset is none, or the body is not in it.
        """
        from bindwright.runtime.http.model.text import text_of

        return text_of(self.body, self.headers.get("content-type", ""))

    def json(self) -> Any:
        """The body as plain JSON, whatever the document says of it.

        Raises:
            ValueError: it is none.
        """
        return json.loads(self.text)

    def plain(self) -> Any:
        """The body as plain JSON; None where it is none."""
        try:
            return self.json()
        except (ValueError, RecursionError):
            return None

    @property
    def request_id(self) -> str | None:
        """What the server calls this request, from the usual headers."""
        return self.headers.request_id

    @property
    def retries_taken(self) -> int:
        """How often the request was sent before this answer came."""
        return self.request.attempt

    def parse(self) -> T:
        """The value the operation returns; decoded on first use.

        Raises:
            UndecodableBody: the body does not stand for the documented type.
        """
        if self._error is not None:
            raise self._error
        if self._decode is not None:
            self._value = self._decode()
            self._deviations = leniency.latest()
            self._decode = None
        return self._value  # type: ignore[no-any-return]

    @property
    def typed_headers(self) -> dict[str, Any]:
        """The headers that the document describes and that came, by its names and types; text where one does not fit."""
        return self._typed_headers()

    @property
    def deviations(self) -> tuple[leniency.Deviation, ...]:
        """What of the body did not fit the document; empty with ``answers="strict"``, which raises instead.

        Raises:
            UndecodableBody: the body does not stand for the documented type.
        """
        self.parse()
        return self._deviations

    def __getstate__(self) -> dict[str, Any]:
        """The answer with its value: what decodes it belongs to the client, which cannot be pickled."""
        state = {name: getattr(self, name) for name in ("request", "status", "headers", "body")}
        state["typed_headers"] = self.typed_headers
        try:
            state |= {"_value": self.parse(), "_deviations": self._deviations}
        except (BindwrightError, UnicodeError) as error:
            state["_error"] = error
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._decode, self._value, self._error, self._deviations = None, None, None, ()
        typed_headers = state.pop("typed_headers")
        self._typed_headers = lambda: typed_headers
        for name, value in state.items():
            setattr(self, name, value)

    def turn(self, turned: Callable[[Any], Any]) -> None:
        """Let `parse` give something else that is made of the body's value: a page."""
        if (decode := self._decode) is not None:
            self._decode = lambda: turned(decode())

    @property
    def value(self) -> T:
        """As `parse`."""
        return self.parse()

    def __repr__(self) -> str:
        return f"<RawResponse {self.status}, {len(self.body)} bytes>"
