"""Credentials as objects; none of them shows its secret in ``repr``.

A client also takes plain values: a string (or a callable that gives one) for an API key or a bearer
token, and ``(user, password)`` for basic authentication.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ssl


Secret = str | Callable[[], str] | Callable[[], Awaitable[str]]
"""A secret, or what gives it for each request; a coroutine function with an async client."""


class Hidden:
    """Shows nothing of itself in ``repr``."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(***)"


class ApiKey(Hidden):
    """An API key (OpenAPI: ``apiKey``); where it is sent is the document's matter."""

    __slots__ = ("_key",)

    def __init__(self, key: Secret) -> None:
        self._key = key

    @property
    def function(self) -> Callable[[], Any] | None:
        """What gives the key for each request."""
        return self._key if callable(self._key) else None

    def value(self) -> str:
        """The key."""
        return self._key() if callable(self._key) else self._key  # type: ignore[return-value]


class Bearer(Hidden):
    """A bearer token (RFC 6750), or a callable that gives one for each request."""

    __slots__ = ("_token",)

    def __init__(self, token: Secret) -> None:
        self._token = token

    @property
    def function(self) -> Callable[[], Any] | None:
        """What gives the token for each request."""
        return self._token if callable(self._token) else None

    def value(self) -> str:
        """The token."""
        return self._token() if callable(self._token) else self._token  # type: ignore[return-value]


class Basic(Hidden):
    """User name and password (RFC 7617)."""

    __slots__ = ("_value",)

    def __init__(self, user: str, password: str) -> None:
        if ":" in user:
            raise ValueError("a user name for basic authentication cannot hold a colon (RFC 7617, 2)")
        self._value = base64.b64encode(f"{user}:{password}".encode()).decode()

    def value(self) -> str:
        """What follows ``Basic``."""
        return self._value


class MutualTls(Hidden):
    """A client certificate: file names of the certificate (chain) and of its key, in PEM."""

    __slots__ = ("_files",)

    def __init__(self, certificate: str, key: str | None = None, *, password: str | None = None) -> None:
        self._files = (certificate, key, password)

    def load(self, context: ssl.SSLContext) -> None:
        """Put the certificate into a context."""
        from bindwright.runtime.http.model.errors import InvalidRequest

        certificate, key, password = self._files
        for path in (certificate, key):
            if path is not None and not os.path.isfile(path):
                raise InvalidRequest(f"the client certificate's file {path!r} is not there")
        try:
            context.load_cert_chain(certificate, key, password)
        except (OSError, ValueError) as error:
            raise InvalidRequest(f"the client certificate {certificate!r} cannot be used: {error}") from None
