"""Pools of httpcore2 that leave no connection behind, whenever a call is cancelled.

httpcore2 closes a connection whose opening fails, but not one whose opening is cancelled: the socket is left to the
garbage collector where a TLS handshake is cut short, and the place in the pool is lost for ever where the handshake
with a server behind a proxy is, or where a connection was opened and its first request never began.
"""

from __future__ import annotations

import importlib
import ssl
from typing import Any

import anyio
import httpcore2
import httpx2

from bindwright.runtime.http.transports.streams import Backend

KEEP_ALIVE = 5.0
"""Seconds for which an idle connection is kept, as httpx2 does."""


class Connection(httpcore2.AsyncConnectionInterface):
    """A connection that is closed when a request on it ends without an answer, by a cancellation, too."""

    def __init__(self, connection: httpcore2.AsyncConnectionInterface) -> None:
        self._connection = connection
        self._failed = False

    async def handle_async_request(self, request: httpcore2.Request) -> httpcore2.Response:
        try:
            return await self._connection.handle_async_request(request)
        except httpcore2.ConnectionNotAvailable:  # another request has it
            raise
        except BaseException:
            self._failed = True
            with anyio.CancelScope(shield=True):
                await self._connection.aclose()
            raise

    async def aclose(self) -> None:
        await self._connection.aclose()

    def info(self) -> str:
        return self._connection.info()

    def can_handle_request(self, origin: httpcore2.Origin) -> bool:
        return self._connection.can_handle_request(origin)

    def is_connected(self) -> bool:
        return not self._failed and self._connection.is_connected()

    def is_available(self) -> bool:
        return not self._failed and self._connection.is_available()

    def has_expired(self) -> bool:
        return self._connection.has_expired()

    def is_idle(self) -> bool:
        return not self._failed and self._connection.is_idle()

    def is_closed(self) -> bool:
        return self._failed or self._connection.is_closed()


class Pool(httpcore2.AsyncConnectionPool):
    """Connections of HTTP/1.1 to any number of origins, directly or through one proxy."""

    def __init__(self, context: ssl.SSLContext, max_connections: int, proxy: httpcore2.Proxy | None) -> None:
        super().__init__(
            ssl_context=context,
            proxy=proxy,
            max_connections=max_connections,
            max_keepalive_connections=max_connections,
            keepalive_expiry=KEEP_ALIVE,
            network_backend=Backend(httpcore2.AnyIOBackend()),
        )

    def create_connection(self, origin: httpcore2.Origin) -> httpcore2.AsyncConnectionInterface:
        return Connection(super().create_connection(origin))


def url_parts(url: httpx2.URL) -> httpcore2.URL:
    """A URL as bytes: names of hosts as IDNA has them, the rest percent-encoded."""
    return httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)


def proxy_of(url: str, user: tuple[str, str] | None) -> httpcore2.Proxy:
    """A proxy.

    Raises:
        ValueError: of a scheme that is not known.
        ImportError: its protocol needs a package that is not installed.
        httpx2.InvalidURL: the URL is none.
    """
    parsed = httpx2.URL(url)
    if parsed.scheme not in ("http", "https", "socks5", "socks5h"):
        raise ValueError(f"no proxies of {parsed.scheme!r} are known")
    if parsed.scheme.startswith("socks"):
        importlib.import_module("socksio")  # httpcore2 would ask for it at the first call
    auth: Any = None if user is None else (user[0].encode(), user[1].encode())
    return httpcore2.Proxy(url_parts(parsed), auth=auth)
