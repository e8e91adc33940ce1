"""The async transport, on httpx2 and its httpcore2; retries, redirects and codings are the driver's."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

try:
    import anyio
    import httpcore2
    import httpx2
except ModuleNotFoundError as missing:
    raise ModuleNotFoundError(
        "the async client needs httpx2: install the extra, as in pip install 'bindwright[async]'",
        name=missing.name,
    ) from None

from bindwright.runtime.http.model import errors
from bindwright.runtime.http.model.forking import apart
from bindwright.runtime.http.model.message import Deadline, Headers, Request
from bindwright.runtime.http.model.redact import causes_without
from bindwright.runtime.http.transports.bodies import async_pieces
from bindwright.runtime.http.transports.environment import context_of, proxy_for, proxy_user, unusable
from bindwright.runtime.http.transports.pools import Pool, proxy_of, url_parts
from bindwright.runtime.http.transports.redaction import redact, sending

redact("httpcore2.connection", "httpcore2.http11", "httpcore2.proxy", "httpcore2.socks")

_FAILURES = (
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.ProxyError,
    httpcore2.TimeoutException,
    httpcore2.UnsupportedProtocol,
    httpx2.InvalidURL,
    OSError,
    ssl.SSLError,
)
"""Whatever httpcore2 raises for a call that has no answer; it has no class above all of them."""


class AsyncReply:
    """An answer whose body is still on its way."""

    __slots__ = ("_deadline", "_request", "_response", "headers", "status")

    def __init__(self, response: httpcore2.Response, request: Request, deadline: Deadline) -> None:
        self._response, self._request, self._deadline = response, request, deadline
        self.status: int = response.status
        self.headers = Headers(
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers
        )

    async def read(self) -> bytes:
        """The rest of the body."""
        try:
            with sending(self._request), anyio.fail_after(self._deadline.remaining()):
                data = b"".join([chunk async for chunk in self._response.stream])  # type: ignore[union-attr]
                await _drop_surplus(self._response)
                await self._response.aclose()
        except _FAILURES as error:
            await self.aclose()
            raise _mapped(error, self._request, self._deadline) from _cause(error, self._request)
        except BaseException:
            await self.aclose()
            raise
        return data

    async def chunks(self) -> AsyncIterator[bytes]:
        """The body as it comes."""
        stream = self._response.stream.__aiter__()  # type: ignore[union-attr]
        try:
            while True:
                try:
                    with sending(self._request), anyio.fail_after(self._deadline.remaining()):
                        chunk = await stream.__anext__()
                except StopAsyncIteration:
                    await _drop_surplus(self._response)
                    break
                yield chunk
        except _FAILURES as error:
            raise _mapped(error, self._request, self._deadline) from _cause(error, self._request)
        finally:
            await self.aclose()

    async def aclose(self) -> None:
        """Let go of the connection; it is closed if the body was not read to its end."""
        with anyio.CancelScope(shield=True):
            await self._response.aclose()


async def _drop_surplus(response: httpcore2.Response) -> None:
    """Give up a connection on which more came than the answer's own length.

    h11 keeps the surplus, and would read it as the beginning of the next answer (RFC 9112, 6.3). There is
    no public way to ask for it; where the attributes are not these any more, nothing is done, and
    a test says so.
    """
    try:
        connection = response.stream._stream._connection  # type: ignore[union-attr]
        surplus = connection._h11_state.trailing_data[0]
    except AttributeError:  # a caller's own transport, HTTP/2
        return
    if surplus:
        await connection.aclose()


class _Pools:
    """What one event loop has opened: no other can use it."""

    __slots__ = ("loop", "origins", "proxies")

    def __init__(self, loop: Any) -> None:
        self.loop = loop
        self.proxies: dict[tuple[str | None, bool], Pool] = {}
        self.origins: dict[str, Pool] = {}

    def over(self) -> bool:
        """Whether the loop is closed; of loops that are not asyncio's nobody can tell."""
        return isinstance(self.loop, asyncio.AbstractEventLoop) and self.loop.is_closed()


class HttpxTransport:
    """Connection pools of httpcore2, one for each proxy. Task-safe; each event loop has its own."""

    def __init__(
        self,
        *,
        max_connections: int = 100,
        proxy: str | None = None,
        ssl_context: ssl.SSLContext | str | None = None,
        certificate: Any = None,
    ) -> None:
        self._size = max_connections
        self._proxy, self._ssl_context, self._certificate = proxy, ssl_context, certificate
        self.forked()
        apart(self)

    def forked(self) -> None:
        """Begin without connections: a child process has inherited those that its parent is using."""
        self._lock = threading.Lock()
        self._pools: list[_Pools] = []
        self._now: _Pools | None = None
        """Those of the loop that called last."""

    async def send(self, request: Request, deadline: Deadline) -> AsyncReply:
        """One attempt.

        Raises:
            HttpError: there is no answer.
        """
        url = request.url
        end = url.find("/", 8)
        origin = url if end < 0 else url[:end]
        loop, pools = _loop(), self._now
        if pools is None or pools.loop != loop:
            pools = self._enter(loop)
        pool = pools.origins.get(origin) or self._open(pools, origin, request)
        read = deadline.read
        timeouts = {"connect": deadline.connect, "read": read, "write": read, "pool": None}
        try:
            prepared = _prepared(request, timeouts)
            with sending(request), anyio.fail_after(deadline.remaining()):
                response = await pool.handle_async_request(prepared)
        except _FAILURES as error:
            raise _mapped(error, request, deadline) from _cause(error, request)
        return AsyncReply(response, request, deadline)

    def _enter(self, loop: Any) -> _Pools:
        """The pools of another loop; those of loops that have ended are let go: they cannot even be closed."""
        with self._lock:
            self._pools = [pools for pools in self._pools if not pools.over()]
            entered = next((pools for pools in self._pools if pools.loop == loop), None)
            if entered is None:
                self._pools.append(entered := _Pools(loop))
            self._now = entered
        return entered

    def _open(self, pools: _Pools, origin: str, request: Request) -> Pool:
        parts = urlsplit(origin)
        scheme, host = parts.scheme.lower(), parts.hostname or ""
        port = parts.port or (443 if scheme == "https" else 80)
        proxy = proxy_for(scheme, host, port, self._proxy)
        key = (proxy, scheme == "https")
        if key not in pools.proxies:
            try:
                pools.proxies[key] = self._pool(proxy, secure=scheme == "https")
            except (httpx2.InvalidURL, ImportError, ValueError) as error:
                if proxy is None:
                    raise
                raise unusable(proxy, error, request) from None
        pool = pools.origins[origin] = pools.proxies[key]
        return pool

    def _pool(self, proxy: str | None, *, secure: bool) -> Pool:
        context: ssl.SSLContext
        if secure or (proxy or "").startswith("https"):
            context = context_of(self._ssl_context)
            if self._certificate is not None:
                self._certificate.load(context)
        else:
            context = ssl.SSLContext(
                ssl.PROTOCOL_TLS_CLIENT
            )  # for http alone; loading authorities takes time
        through = None if proxy is None else proxy_of(*proxy_user(proxy))
        return Pool(context, self._size, through)

    async def aclose(self) -> None:
        """Close every connection of this loop; another loop's can only be let go."""
        loop = _loop()
        with self._lock:
            mine = [pools for pools in self._pools if pools.loop == loop]
            self._pools, self._now = [], None
        for pools in mine:
            for pool in pools.proxies.values():
                await pool.aclose()


def _loop() -> Any:
    """What stands for the running event loop."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return anyio.lowlevel.current_token()


def _prepared(request: Request, timeouts: dict[str, float | None]) -> httpcore2.Request:
    """The request for httpcore2, with the headers that httpx2 adds: ``Host``, and how the body is framed."""
    body = request.body
    content = body if body is None or isinstance(body, bytes) else async_pieces(request)
    prepared = httpx2.Request(request.method, request.url, headers=request.headers, content=content)
    stream: Any = prepared.stream
    return httpcore2.Request(
        prepared.method,
        url_parts(prepared.url),
        headers=prepared.headers.raw,
        content=stream,
        extensions={"timeout": timeouts},
    )


def _mapped(error: Exception, request: Request, deadline: Deadline) -> Exception:
    """Our error for theirs."""
    if deadline.passed() and isinstance(error, (TimeoutError, httpcore2.TimeoutException)):
        return errors.TotalTimeout("the call took longer than its total time-out", request=request)
    if isinstance(error, httpcore2.ConnectTimeout):
        return errors.ConnectTimeout(f"no connection within {deadline.connect} s", request=request)
    if isinstance(error, httpcore2.PoolTimeout):
        return errors.PoolTimeout("all connections stayed in use", request=request)
    if isinstance(error, (httpcore2.TimeoutException, TimeoutError)):
        return errors.ReadTimeout(f"nothing moved for {deadline.read} s", request=request)
    if isinstance(error, httpcore2.ProxyError):
        return errors.ConnectFailed(f"the proxy gives no connection: {_words(error)}", request=request)
    if isinstance(error, httpcore2.ConnectError):
        return _connect(error, request)
    if isinstance(error, httpcore2.RemoteProtocolError) and not _ended(error):
        return errors.ProtocolError(f"the answer is not HTTP: {_words(error)}", request=request)
    if isinstance(error, (httpcore2.NetworkError, httpcore2.RemoteProtocolError, OSError)):
        return errors.ConnectionLost(f"the connection ended early: {_words(error)}", request=request)
    if isinstance(error, (httpx2.InvalidURL, httpcore2.UnsupportedProtocol, httpcore2.LocalProtocolError)):
        return errors.InvalidRequest(_words(error), request=request)
    return errors.ProtocolError(_words(error), request=request)


def _cause(error: Exception, request: Request) -> BaseException | None:
    """What the library raised, unless its words repeat a secret of the request."""
    return causes_without(error, request.secrets())


def _words(error: BaseException) -> str:
    """An error's message; where a wrapper has none, that of what it wraps."""
    cause: BaseException | None = error
    while cause is not None and not str(cause):
        cause = cause.__cause__ or cause.__context__
    return str(cause or type(error).__name__).strip()[:300]


def _ended(error: Exception) -> bool:
    """h11 has one class for both; a connection that ended is not an answer that is wrong."""
    text = str(error)
    return text.startswith(("Server disconnected", "peer closed connection")) or "without sending" in text


def _connect(error: Exception, request: Request) -> Exception:
    """Which of the ways not to connect it was: anyio wraps the system's errors several times."""
    import socket

    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return errors.TlsError(f"TLS: {cause}"[:300], request=request)
        if isinstance(cause, socket.gaierror):
            return errors.NameResolutionFailed(f"the host has no address: {cause}"[:300], request=request)
        cause = cause.__cause__ or cause.__context__
    return errors.ConnectFailed(f"no connection: {_words(error)}", request=request)
