"""One connection of the server: bytes to h11, requests to the app, responses back (RFC 9112)."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable
from email.utils import formatdate
from urllib.parse import urlsplit

import h11
from attrs import define, field

from bindwright.serve.answers.problems import phrase, problem
from bindwright.serve.message import Request, Respond, Response, length_of, without
from bindwright.serve.refusal import Refusal

_CHUNK = 65_536
_HEAD = 65_536
"""Bytes of a request line with its header fields."""
_GRACE = 1.0
"""Seconds that a request may take to arrive before its connection can be ended in favour of another one."""
_NEVER = float("inf")
_LINGER_BYTES, _LINGER_SECONDS = 4 * 2**20, 1.0
_FRAMING = frozenset({"content-length", "transfer-encoding"})
_CHUNKED = b"Transfer-Encoding: chunked\r\n"


@define(kw_only=True)
class Limits:
    """What one server takes on."""

    connections: int = 64
    """At a time; a further one ends the one that waits longest for its client, or waits itself."""
    body: int = 64 * 2**20
    """Bytes of a request's body; larger ones are answered with 413."""
    idle: float = 30.0
    """Seconds without a byte after which a connection is closed."""
    head: float = 10.0
    """Seconds from the first byte of a request to the end of its header; then 408."""
    request: float = 60.0
    """Seconds from the first byte of a request to the last; then 408."""


class _Refused(Exception):
    """A request that cannot be read."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


class _Gone(Exception):
    """The client has closed, or sends nothing more: there is nobody to answer."""


@define(eq=False)
class Connection:
    """One connection, from its first byte to its last, in a thread of its own."""

    socket: socket.socket
    app: Respond
    limits: Limits
    log: Callable[[str], None]
    delay: float = 0.0
    waiting_since: float = field(factory=time.monotonic, init=False)
    """When it began to wait for its client (monotonic seconds); without end while a request is being answered."""
    _http: h11.Connection = field(init=False)
    _started: float | None = field(default=None, init=False)
    """When the first byte of the present request came."""
    _answered: bool = field(default=False, init=False)
    """Whether a request has been answered on this connection."""

    def __attrs_post_init__(self) -> None:
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=_HEAD)

    def run(self) -> None:
        """Answer requests until the client or a bound ends the connection."""
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with contextlib.suppress(_Gone):
            while self._answer_next():
                self._http.start_next_cycle()
        self._linger()

    @property
    def may_be_ended(self) -> bool:
        """Whether it may be closed in favour of another one.

        Clients expect that of a connection between two requests (RFC 9112, 9.5); the first request, and one that
        has begun, get a moment to arrive.
        """
        between = self._answered and self._started is None
        return time.monotonic() - self.waiting_since > (0.0 if between else _GRACE)

    def end(self) -> None:
        """Close from another thread: a waiting `recv` returns at once."""
        self.waiting_since = _NEVER
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)

    def _answer_next(self) -> bool:
        """Read and answer one request; False where the connection is over."""
        self._started, self.waiting_since = None, time.monotonic()
        request: h11.Request | None = None
        try:
            request = self._head()
            body = self._body(request)
        except (_Refused, h11.RemoteProtocolError, ValueError) as error:
            # ValueError: numbers too long for Python; h11 has bounds of its own, but they are not documented
            self._refuse(request, error)
            return False
        self.waiting_since = _NEVER
        fields = tuple((name.decode("ascii"), value.decode("latin-1")) for name, value in request.headers)
        method, target = request.method.decode("ascii"), request.target.decode("latin-1")
        if self.delay > 0:
            time.sleep(self.delay)
        self._send(method, self._respond(Request(method=method, target=target, headers=fields, body=body)))
        self._answered = True
        return self._http.our_state is h11.DONE and self._http.their_state is h11.DONE

    def _head(self) -> h11.Request:
        event = self._event()
        if not isinstance(event, h11.Request):
            raise _Gone
        if not event.http_version.startswith(b"1."):
            raise _Refused(505, "this server speaks HTTP/1.1")  # RFC 9110, 15.6.6
        urlsplit(event.target.decode("latin-1"))  # raises ValueError for what is no URL (`http://[`)
        names = [name for name, _ in event.headers]
        if b"transfer-encoding" in names and (b"content-length" in names or event.http_version != b"1.1"):
            # h11 reads the chunks, others the length: two readers would see two requests (RFC 9112, 6.1 and 6.3)
            raise _Refused(400, "Transfer-Encoding beside Content-Length, or before HTTP/1.1")
        return event

    def _body(self, request: h11.Request) -> bytes:
        if self._http.they_are_waiting_for_100_continue:
            self.socket.sendall(
                self._http.send(h11.InformationalResponse(status_code=100, headers=[])) or b""
            )
        body = bytearray()
        while isinstance(event := self._event(), h11.Data):
            body += event.data
            if len(body) > self.limits.body:
                raise _Refused(413, "the body is larger than this server takes")
        if isinstance(event, h11.EndOfMessage):
            return bytes(body)
        raise _Gone

    def _event(self) -> object:
        """The next event of h11. Raises `_Refused` 408, `_Gone`, `h11.RemoteProtocolError`."""
        while (event := self._http.next_event()) is h11.NEED_DATA:
            self.socket.settimeout(self._seconds_left())
            try:
                data = self.socket.recv(_CHUNK)
            except TimeoutError:
                if self._started is None:
                    raise _Gone from None
                raise _Refused(408, "the request did not end in time") from None
            except OSError:
                raise _Gone from None
            if self._started is None:
                self._started = time.monotonic()
            self._http.receive_data(data)
        return event

    def _seconds_left(self) -> float:
        """For the next byte: what the bounds on idleness, header and request leave."""
        if self._started is None:
            return self.limits.idle
        in_head = self._http.their_state is h11.IDLE
        whole = self.limits.head if in_head else self.limits.request
        return max(min(self._started + whole - time.monotonic(), self.limits.idle), 0.001)

    def _respond(self, request: Request) -> Response:
        request_line = printable(f"{request.method} {request.target}")
        try:
            response = self.app.respond(request)
        except Exception as error:  # a handler's bug must not look like a lost connection
            self.log(f"{request_line} failed: {type(error).__name__}: {printable(str(error))}")
            response = _problem(500, "the simulation failed", request.header("accept"))
        self.log(f"{request_line} -> {response.status} ({len(response.body)} bytes)")
        return response

    def _refuse(self, request: h11.Request | None, error: Exception) -> None:
        """Answer what cannot be read, where an answer can still be framed, and close."""
        status = error.status if isinstance(error, _Refused) else getattr(error, "error_status_hint", 400)
        self.log(f"a request that cannot be read -> {status}: {printable(str(error))}")
        if self._http.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            method = request.method.decode("ascii") if request is not None else "GET"
            self._send(method, _problem(status, str(error), None), close=True)

    def _send(self, method: str, response: Response, close: bool = False) -> None:
        try:
            data = self._framed(method, response, close)
        except h11.LocalProtocolError as error:  # a handler's header or status that HTTP has no form for
            self.log(f"an answer that cannot be sent: {printable(str(error))}")
            if self._http.our_state is not h11.SEND_RESPONSE:
                raise _Gone from None
            data = self._framed(method, _problem(500, f"the answer cannot be sent: {error}", None), True)
        try:
            self.socket.settimeout(self.limits.idle)
            self.socket.sendall(data)
        except OSError:
            raise _Gone from None

    def _framed(self, method: str, response: Response, close: bool) -> bytes:
        """Head and body in one piece, so that they leave in one packet where they fit."""
        fields = list(without(response.headers, _FRAMING))
        fields += [("Server", "bindwright"), ("Date", formatdate(usegmt=True))]
        if (length := length_of(method, response)) is not None:
            fields.append(("Content-Length", length))
        if close:
            fields.append(("Connection", "close"))
        encoded = [
            (name.encode("latin-1", "replace"), value.encode("latin-1", "replace")) for name, value in fields
        ]
        reason = phrase(response.status).encode()
        head = h11.Response(status_code=response.status, headers=encoded, reason=reason)
        parts = [self._http.send(head)]
        if method == "HEAD" and length is None and parts[0] is not None:
            parts[0] = parts[0].replace(_CHUNKED, b"")  # h11's, for a body that nobody would send in chunks
        if method != "HEAD" and response.status not in (204, 304):
            parts.append(self._http.send(h11.Data(data=response.body)))
        parts.append(self._http.send(h11.EndOfMessage()))
        return b"".join(part or b"" for part in parts)

    def _linger(self) -> None:
        """Read on for a moment: closing with unread bytes would reset the answer that is under way."""
        deadline, read = time.monotonic() + _LINGER_SECONDS, 0
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_WR)
            while read < _LINGER_BYTES and (left := deadline - time.monotonic()) > 0:
                self.socket.settimeout(left)
                data = self.socket.recv(_CHUNK)
                if not data:
                    return
                read += len(data)


def printable(text: str) -> str:
    """Text of a client for a log: escaped, so that a terminal reads no commands in it."""
    return repr(text.encode("latin-1", "replace"))[2:-1]


def _problem(status: int, detail: str, accept: str | None) -> Response:
    content_type, body = problem(Refusal(status, detail), accept)
    return Response(status=status, headers=(("Content-Type", content_type),), body=body)
