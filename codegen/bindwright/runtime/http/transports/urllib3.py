"""The sync transport, on urllib3's connection pools; retries, redirects and codings are the driver's."""

from __future__ import annotations

import encodings.idna  # noqa: F401 (the first connection would import it; see `first_use`)
import http.client
import ssl
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from urllib3 import PoolManager, ProxyManager, Timeout, make_headers
from urllib3 import exceptions as theirs

from bindwright.runtime.http.model import errors
from bindwright.runtime.http.model.forking import apart
from bindwright.runtime.http.model.message import Deadline, Headers, Request
from bindwright.runtime.http.model.redact import causes_without
from bindwright.runtime.http.transports.bodies import pieces
from bindwright.runtime.http.transports.deadline import CHUNK, PlainPool, SecurePool, current
from bindwright.runtime.http.transports.environment import context_of, proxy_for, proxy_user, unusable
from bindwright.runtime.http.transports.redaction import redact, sending

_POOLS = {"http": PlainPool, "https": SecurePool}


class Reply:
    """An answer whose body is still on its way."""

    __slots__ = ("_deadline", "_request", "_response", "headers", "status")

    def __init__(self, response: Any, request: Request, deadline: Deadline) -> None:
        self._response, self._request, self._deadline = response, request, deadline
        self.status: int = response.status
        self.headers = Headers(response.headers.items())

    def read(self) -> bytes:
        """The rest of the body; in pieces where its length is not known to be small.

        http.client would reserve as much memory as the server says is coming.
        """
        length = self.headers.get("content-length", "")
        if len(length) > 6 or not (length.isascii() and length.isdigit()):
            return b"".join(self.chunks())
        try:
            with sending(self._request):
                data: bytes = self._response.read()
        except Exception as error:
            self.close()
            raise _mapped(error, self._request, self._deadline) from _cause(error, self._request)
        self._response.release_conn()
        return data

    def chunks(self) -> Iterator[bytes]:
        """The body as it comes."""
        try:
            while chunk := self._more():
                yield chunk
        except Exception as error:
            self.close()
            raise _mapped(error, self._request, self._deadline) from _cause(error, self._request)
        self._response.release_conn()

    def _more(self) -> bytes:
        with sending(self._request):
            data: bytes = self._response.read1(CHUNK)
        return data

    def close(self) -> None:
        """Let go of the connection; it is closed if the body was not read to its end."""
        response = self._response
        if response is not None:
            response.close()
            response.release_conn()


class Urllib3Transport:
    """Connection pools, one for each origin, with the proxies of the environment. Safe for threads and forks."""

    def __init__(
        self,
        *,
        max_connections: int = 100,
        proxy: str | None = None,
        ssl_context: ssl.SSLContext | str | None = None,
        certificate: Any = None,
    ) -> None:
        self._size, self._proxy, self._ssl_context, self._certificate = (
            max_connections,
            proxy,
            ssl_context,
            certificate,
        )
        self._context: ssl.SSLContext | None = None
        self._timeouts: dict[tuple[float | None, float | None], Timeout] = {}
        self.forked()
        apart(self)

    def forked(self) -> None:
        """Begin without connections: a child process has inherited those that its parent is using."""
        self._lock = threading.Lock()
        self._managers: dict[str | None, PoolManager] = {}
        self._pools: dict[str, tuple[Any, bool]] = {}

    def send(self, request: Request, deadline: Deadline) -> Reply:
        """One attempt.

        Raises:
            HttpError: there is no answer.
        """
        url = request.url
        end = url.find("/", 8)
        origin, target = (url, "/") if end < 0 else (url[:end], url[end:])
        pool, absolute = self._pools.get(origin) or self._pool(origin, request)
        current.deadline = deadline
        current.pieces, current.early = 0, False
        body = request.body
        try:
            with sending(request):
                response = pool.urlopen(
                    request.method,
                    url if absolute else target,
                    body=body if body is None or isinstance(body, bytes) else pieces(request),
                    headers=request.headers,
                    retries=False,
                    redirect=False,
                    assert_same_host=False,
                    timeout=self._timeout(deadline),
                    pool_timeout=deadline.remaining(),
                    preload_content=False,
                    decode_content=False,
                    chunked=_chunked(request),
                )
        except Exception as error:
            raise _mapped(error, request, deadline) from _cause(error, request)
        finally:
            current.deadline = None
        # http.client takes 101 for an answer, although nobody asked for another protocol.
        if response.status < 200:
            response.close()
            raise errors.ProtocolError(f"the answer ends with an interim {response.status}", request=request)
        return Reply(response, request, deadline)

    def _timeout(self, deadline: Deadline) -> Timeout:
        connect, read = deadline.connect, deadline.read
        remaining = deadline.remaining()
        if remaining is not None and (connect is None or remaining < connect):
            return Timeout(connect=max(remaining, 0.001), read=read)
        timeout = self._timeouts.get((connect, read))
        if timeout is None:
            timeout = self._timeouts[connect, read] = Timeout(connect=connect, read=read)
        return timeout

    def _pool(self, origin: str, request: Request) -> tuple[Any, bool]:
        """The pool of an origin, and whether it wants absolute URLs (a proxy for http does)."""
        parts = urlsplit(origin)
        scheme, host = parts.scheme.lower(), parts.hostname or ""
        port = parts.port or (443 if scheme == "https" else 80)
        with self._lock:
            proxy = proxy_for(scheme, host, port, self._proxy)
            manager = self._managers.get(proxy)
            if manager is None:
                try:
                    manager = self._managers[proxy] = self._manager(proxy)
                except (theirs.HTTPError, ValueError) as error:
                    raise unusable(proxy, error, request) from None
            if scheme == "https" and self._context is None:
                self._context = context_of(self._ssl_context)
                if self._certificate is not None:
                    self._certificate.load(self._context)
            if scheme == "https":
                manager.connection_pool_kw["ssl_context"] = self._context
            host = f"[{host}]" if ":" in host else host
            pool = manager.connection_from_host(host, port, scheme)
            entry: tuple[Any, bool] = (pool, False)
            if proxy is not None and scheme == "http" and isinstance(manager, ProxyManager):
                entry = (_Through(manager), True)
            self._pools[origin] = entry
        return entry

    def _manager(self, proxy: str | None) -> PoolManager:
        options: dict[str, Any] = {"maxsize": self._size, "block": True, "retries": False}
        if proxy is None:
            manager = PoolManager(num_pools=100, **options)
        else:
            url, user = proxy_user(proxy)
            headers = make_headers(proxy_basic_auth=":".join(user)) if user else None
            manager = ProxyManager(url, num_pools=100, proxy_headers=headers, **options)
        manager.pool_classes_by_scheme = _POOLS
        return manager

    def close(self) -> None:
        """Close every connection that is not in use."""
        with self._lock:
            for manager in self._managers.values():
                manager.clear()
            self._managers.clear()
            self._pools.clear()


redact("urllib3.connectionpool", "urllib3.connection", "urllib3.response", "urllib3.util.retry")


class _Through:
    """A proxy for http: the manager adds what the proxy wants to see."""

    def __init__(self, manager: ProxyManager) -> None:
        self._manager = manager

    def urlopen(self, method: str, url: str, *, assert_same_host: bool, **rest: Any) -> Any:
        return self._manager.urlopen(method, url, **rest)


def _chunked(request: Request) -> bool:
    body = request.body
    return body is not None and not isinstance(body, bytes) and request.length is None


def _mapped(error: Exception, request: Request, deadline: Deadline) -> Exception:
    """Our error for theirs; an error of a body's own iterator stays as it is."""
    cause: Any = error
    if isinstance(cause, theirs.ProxyError):
        cause = cause.original_error or cause
        if current.pieces and isinstance(cause, (OSError, http.client.HTTPException)):
            # The proxy took the request: whether it reached the server nobody knows.
            return errors.ConnectionLost(f"the proxy gave no answer: {_words(cause)}", request=request)
        if not isinstance(cause, theirs.TimeoutError):
            return errors.ConnectFailed(f"the proxy gives no connection: {_words(cause)}", request=request)
    if isinstance(cause, theirs.EmptyPoolError):
        return errors.PoolTimeout("all connections stayed in use", request=request)
    if deadline.passed() and isinstance(cause, (theirs.HTTPError, OSError)):
        return errors.TotalTimeout("the call took longer than its total time-out", request=request)
    if isinstance(cause, theirs.ConnectTimeoutError) and not isinstance(cause, theirs.NewConnectionError):
        return errors.ConnectTimeout(f"no connection within {deadline.connect} s", request=request)
    if isinstance(cause, (theirs.ReadTimeoutError, TimeoutError)):
        return errors.ReadTimeout(f"nothing moved for {deadline.read} s", request=request)
    if isinstance(cause, theirs.NameResolutionError):
        return errors.NameResolutionFailed(f"the host has no address: {_words(cause)}", request=request)
    if isinstance(cause, (theirs.SSLError, ssl.SSLError)):
        return errors.TlsError(f"TLS: {_words(cause)}", request=request)
    if isinstance(cause, theirs.NewConnectionError):
        return errors.ConnectFailed(f"no connection: {_words(cause)}", request=request)
    if isinstance(cause, theirs.ProtocolError):
        return _protocol(cause, request)
    if isinstance(cause, OSError):
        return errors.ConnectionLost(f"the connection broke: {_words(cause)}", request=request)
    if isinstance(cause, (theirs.HTTPError, http.client.HTTPException, OverflowError)):
        return errors.ProtocolError(f"the answer is not HTTP: {_words(cause)}", request=request)
    return error


def _protocol(error: theirs.ProtocolError, request: Request) -> Exception:
    """A connection that ended, or an answer that is not HTTP: http.client tells the two apart."""
    cause = error.args[1] if len(error.args) > 1 else error.__cause__
    if isinstance(error, theirs.InvalidChunkLength) or "InvalidChunkLength" in repr(cause):
        return errors.ProtocolError("the chunks of the body are broken", request=request)
    if isinstance(cause, TimeoutError):
        return errors.ReadTimeout("nothing moved for too long", request=request)
    if isinstance(cause, (OSError, http.client.IncompleteRead, theirs.IncompleteRead)):
        return errors.ConnectionLost(f"the connection ended early: {_words(cause)}", request=request)
    if isinstance(cause, http.client.HTTPException):
        return errors.ProtocolError(
            f"the answer is not HTTP: {type(cause).__name__} {_words(cause)}"[:300], request=request
        )
    return errors.ConnectionLost(f"the connection ended early: {_words(cause or error)}", request=request)


def _cause(error: Exception, request: Request) -> BaseException | None:
    """What the library raised, unless its words repeat a secret of the request."""
    return causes_without(error, request.secrets())


def _words(error: Any) -> str:
    """An error's message without the names of objects in it."""
    text = str(error)
    if isinstance(error, theirs.NewConnectionError):
        text = text.partition(": ")[2] or text
    return text.strip()[:300]
