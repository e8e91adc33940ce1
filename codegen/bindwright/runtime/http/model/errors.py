"""What goes wrong with a call.

::

    BindwrightError
    └── HttpError                          a call that gave no value; ``request`` says which
        ├── InvalidRequest  (ValueError)   refused before anything was sent
        │   └── TokenError                 the token endpoint gave no token
        ├── ConnectionFailed (OSError)     no connection, or none any more
        │   ├── ConnectFailed              refused, unreachable, a proxy that does not want to
        │   ├── NameResolutionFailed       no address for the host's name
        │   ├── TlsError                   no trust: certificate, name or protocol
        │   └── ConnectionLost             reset or closed while sending or reading
        ├── TimedOut (TimeoutError)
        │   ├── ConnectTimeout             connecting took too long
        │   ├── ReadTimeout                too long without a byte
        │   ├── TotalTimeout               the whole call took too long
        │   └── PoolTimeout                all connections stayed in use
        ├── ProtocolError                  the answer is not HTTP, or breaks its own framing
        ├── RedirectError                  a loop, too many, or one that must not be followed
        ├── ResponseTooLarge               more bytes than ``max_response_size``
        ├── UndecodableBody (ValueError)   an answer that does not stand for the documented type
        ├── StatusError                    an answer that says no
        │   ├── ClientError                4xx: BadRequest, Unauthorized, Forbidden, NotFound …
        │   ├── ServerError                5xx: InternalServerError, BadGateway …
        │   └── UndocumentedStatus         a status that the document does not list; a 404 among them
        │                                  is a NotFound, too
        ├── PagingError                    pages that lead in a circle, or to nowhere
        ├── OperationFailed                something that was waited for ended as failed
        └── WaitTimeout (TimeoutError)     something that was waited for did not end

None of them shows credentials: URLs and headers are redacted.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from bindwright.runtime.errors import BindwrightError
from bindwright.runtime.http.model.redact import hide

if TYPE_CHECKING:
    from bindwright.runtime.http.model.message import Headers, Request


class HttpError(BindwrightError):
    """A call that gave no value.

    ``operation`` is its public name (``contact_lists.get_import_job``), ``method`` and ``url`` what was
    to be requested, without secrets; each is ``""`` where it is not known yet.
    """

    def __init__(self, reason: str = "", *, request: Request | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.operation = ""
        self.method = ""
        self.url = ""
        if request is not None:
            self.about(request)

    def about(self, request: Request) -> None:
        """Note which request this is about; its secrets are hidden in the reason."""
        self.operation = request.operation
        self.method = request.method
        secrets = request.secrets()
        self.url = request.safe_url()
        if secrets:
            self.reason = hide(self.reason, secrets)
            self.args = (self.reason,)

    def __str__(self) -> str:
        if not self.method:
            return self.reason
        what = f" ({self.operation})" if self.operation else ""
        return f"{self.method} {self.url}{what}: {self.reason}"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by state: ``cls(*args)``, pickle's default for exceptions, lacks the keyword arguments.

        An `UndocumentedStatus` of a certain status has a class made at run time, which pickle cannot name.
        """
        class_ = type(self)
        undocumented = _UNDOCUMENTED.get(class_.__mro__[2]) is class_
        named = class_.__mro__[2] if undocumented else class_
        return _restored, (named, undocumented, self.args, self.__dict__.copy())


def _restored(
    named: type[HttpError], undocumented: bool, args: tuple[Any, ...], state: dict[str, Any]
) -> HttpError:
    class_: Any = _undocumented(named) if undocumented else named
    error: HttpError = class_.__new__(class_, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class InvalidRequest(HttpError, ValueError):
    """Arguments from which no request can be made; nothing was sent."""


class TokenError(InvalidRequest):
    """The token endpoint gave no token (RFC 6749, 5.2); ``error`` and ``error_description`` are its words."""

    def __init__(
        self,
        reason: str = "",
        *,
        request: Request | None = None,
        status: int = 0,
        error: str | None = None,
        error_description: str | None = None,
    ) -> None:
        super().__init__(reason, request=request)
        self.status = status
        self.error = error
        self.error_description = error_description


class ConnectionFailed(HttpError, OSError):
    """No connection, or none any more."""

    def __init__(self, reason: str = "", *, request: Request | None = None) -> None:
        HttpError.__init__(self, reason, request=request)

    def __str__(self) -> str:
        return HttpError.__str__(self)


class ConnectFailed(ConnectionFailed):
    """The server, or the proxy before it, cannot be reached."""


class NameResolutionFailed(ConnectFailed):
    """The host's name has no address."""


class TlsError(ConnectFailed):
    """The server cannot be trusted, or speaks no TLS."""


class ConnectionLost(ConnectionFailed):
    """The connection ended while sending the request or reading the answer."""


class TimedOut(HttpError, TimeoutError):
    """Something took too long."""

    def __init__(self, reason: str = "", *, request: Request | None = None) -> None:
        HttpError.__init__(self, reason, request=request)

    def __str__(self) -> str:
        return HttpError.__str__(self)


class ConnectTimeout(TimedOut):
    """Connecting took longer than ``Timeout.connect``."""


class ReadTimeout(TimedOut):
    """No byte came, or went, for longer than ``Timeout.read``."""


class TotalTimeout(TimedOut):
    """The call took longer than ``Timeout.total``."""


class PoolTimeout(TimedOut):
    """All connections stayed in use."""


class ProtocolError(HttpError):
    """The answer is not HTTP (RFC 9112), or its framing is broken."""


class RedirectError(HttpError):
    """A redirect that leads in circles, too far, or where this request must not go."""


class ResponseTooLarge(HttpError):
    """The answer is larger than ``max_response_size``."""


class AnswerError(HttpError):
    """Base of errors that carry an answer: status, headers and body."""

    def __init__(
        self, reason: str, *, request: Request | None, status: int, headers: Headers, body: bytes
    ) -> None:
        super().__init__(reason, request=request)
        self.status = status
        self.headers = headers
        self.body = body
        """The body's bytes, decompressed."""

    @property
    def status_code(self) -> int:
        """The status, under the name that requests and httpx use."""
        return self.status

    @property
    def request_id(self) -> str | None:
        """What the server calls this request, from the usual headers."""
        return self.headers.request_id


class UndecodableBody(AnswerError, ValueError):
    """A body that does not stand for the documented type; ``__cause__`` is the `DecodeError`."""

    def __str__(self) -> str:
        return f"{super().__str__()} (status {self.status}, {len(self.body)} bytes)"


class StatusError(AnswerError):
    """An answer whose status says no."""

    documented = True

    def __init__(
        self,
        reason: str = "",
        *,
        request: Request | None,
        status: int,
        headers: Headers,
        body: bytes,
        error: Any = None,
        mismatch: BindwrightError | None = None,
    ) -> None:
        super().__init__(reason, request=request, status=status, headers=headers, body=body)
        self.error = error
        """The body as the document types it for this status; where that has no type, or does not fit: plain
        JSON or XML, or text. None: there is no body, or it is not text."""
        self.typed_headers: dict[str, Any] = {}
        """The headers that the document describes for this status, by its names and types."""
        self.mismatch = mismatch
        """Why the body is not what the document says; None where it is."""

    def __str__(self) -> str:
        request_id = self.request_id
        end = f" [request id {request_id}]" if request_id else ""
        return f"{super().__str__()}{end}"


class UndocumentedStatus(StatusError):
    """A status that the document does not list for this operation."""

    documented = False


class ClientError(StatusError):
    """4xx: the server found the request at fault."""


class ServerError(StatusError):
    """5xx: the server found itself at fault."""


class BadRequest(ClientError):
    """400."""


class Unauthorized(ClientError):
    """401: credentials are missing or wrong."""


class Forbidden(ClientError):
    """403."""


class NotFound(ClientError):
    """404."""


class MethodNotAllowed(ClientError):
    """405."""


class NotAcceptable(ClientError):
    """406."""


class RequestTimeout(ClientError):
    """408: the server waited too long for the request."""


class Conflict(ClientError):
    """409."""


class Gone(ClientError):
    """410."""


class PreconditionFailed(ClientError):
    """412."""


class UnsupportedMediaType(ClientError):
    """415."""


class UnprocessableContent(ClientError):
    """422."""


class TooManyRequests(ClientError):
    """429."""


class InternalServerError(ServerError):
    """500."""


class BadGateway(ServerError):
    """502."""


class ServiceUnavailable(ServerError):
    """503."""


class GatewayTimeout(ServerError):
    """504."""


class PagingError(HttpError):
    """Pages that lead in a circle, or an answer that says "more" and gives no way on: the list is not whole."""


class WebhookError(BindwrightError, ValueError):
    """The body of a webhook is none of the documented ones."""


class InvalidSignature(WebhookError):
    """A webhook that is not signed with the secret, or too old."""


class OperationFailed(HttpError):
    """Something that was waited for ended as failed; ``value`` is its last state."""

    def __init__(self, reason: str, value: Any) -> None:
        super().__init__(reason)
        self.value = value


class WaitTimeout(HttpError, TimeoutError):
    """Something that was waited for did not end in time; ``value`` is its last state."""

    def __init__(self, reason: str, value: Any) -> None:
        HttpError.__init__(self, reason)
        self.value = value

    def __str__(self) -> str:
        return self.reason


_BY_STATUS: dict[int, type[StatusError]] = {
    400: BadRequest,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    405: MethodNotAllowed,
    406: NotAcceptable,
    408: RequestTimeout,
    409: Conflict,
    410: Gone,
    412: PreconditionFailed,
    415: UnsupportedMediaType,
    422: UnprocessableContent,
    429: TooManyRequests,
    500: InternalServerError,
    502: BadGateway,
    503: ServiceUnavailable,
    504: GatewayTimeout,
}
_UNDOCUMENTED: dict[type[Any], type[StatusError]] = {}


def error_class(status: int, *, documented: bool) -> type[StatusError]:
    """The class of an answer's error; an undocumented one is an `UndocumentedStatus` besides."""
    class_ = _BY_STATUS.get(status)
    if class_ is None:
        class_ = {4: ClientError, 5: ServerError}.get(status // 100, StatusError)
    if documented:
        return class_
    if class_ is StatusError:
        return UndocumentedStatus
    return _undocumented(class_)


def _undocumented(class_: type[Any]) -> type[StatusError]:
    if class_ not in _UNDOCUMENTED:
        _UNDOCUMENTED[class_] = type(class_.__name__, (UndocumentedStatus, class_), {"__module__": __name__})
    return _UNDOCUMENTED[class_]


def phrase(status: int) -> str:
    """``404 Not Found``."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
