"""Credentials as objects; none of them shows its secret in ``repr``.

A client also takes plain values: a string (or a callable that gives one) for an API key or a bearer
token, and ``(user, password)`` for basic authentication.
"""

from __future__ import annotations

import base64
import json
import math
import threading
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urljoin

from bindwright.runtime.http.model.forking import apart

if TYPE_CHECKING:
    import ssl

    from bindwright.runtime.http.model.message import Request
    from bindwright.runtime.http.model.operation import SecurityScheme

Secret = str | Callable[[], str]

_SECRET_FIELDS = frozenset({"assertion", "client_assertion", "client_secret", "code", "code_verifier", "password",
    "refresh_token"})  # fmt: skip
_EARLY = 30.0
"""Seconds before its end at which a token is replaced."""


class _Hidden:
    __slots__ = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(***)"


class ApiKey(_Hidden):
    """An API key (OpenAPI: ``apiKey``); where it is sent is the document's matter."""

    __slots__ = ("_key",)

    def __init__(self, key: Secret) -> None:
        self._key = key

    def value(self) -> str:
        """The key."""
        return self._key() if callable(self._key) else self._key


class Bearer(_Hidden):
    """A bearer token (RFC 6750), or a callable that gives one for each request."""

    __slots__ = ("_token",)

    def __init__(self, token: Secret) -> None:
        self._token = token

    def value(self) -> str:
        """The token."""
        return self._token() if callable(self._token) else self._token


class Basic(_Hidden):
    """User name and password (RFC 7617)."""

    __slots__ = ("_value",)

    def __init__(self, user: str, password: str) -> None:
        if ":" in user:
            raise ValueError("a user name for basic authentication cannot hold a colon (RFC 7617, 2)")
        self._value = base64.b64encode(f"{user}:{password}".encode()).decode()

    def value(self) -> str:
        """What follows ``Basic``."""
        return self._value


class MutualTls(_Hidden):
    """A client certificate: file names of the certificate (chain) and of its key, in PEM."""

    __slots__ = ("_files",)

    def __init__(self, certificate: str, key: str | None = None, *, password: str | None = None) -> None:
        self._files = (certificate, key, password)

    def load(self, context: ssl.SSLContext) -> None:
        """Put the certificate into a context."""
        certificate, key, password = self._files
        context.load_cert_chain(certificate, key, password)


class TokenSource(_Hidden):
    """Base of OAuth 2 grants: a token that is fetched, kept, and shared by all clients with this object."""

    def __init__(
        self, *, token_url: str | None, scopes: Sequence[str], client_id: str, client_secret: str | None
    ) -> None:
        self.token_url = token_url
        self.scopes = tuple(scopes)
        self._client = (client_id, client_secret)
        self._token: str | None = None
        self._until = 0.0
        self.forked()
        apart(self)

    def forked(self) -> None:
        """In a child process nobody would free a lock that another thread held."""
        self.lock = threading.Lock()
        self.async_locks: dict[Any, Any] = {}
        """One for each event loop."""

    def current(self) -> str | None:
        """The token that is kept, unless it is about to end."""
        return self._token if self._token is not None and time.monotonic() < self._until else None

    def forget(self, token: str) -> None:
        """A server has refused this token."""
        if self._token == token:
            self._token = None

    def form(self) -> dict[str, str]:
        """The parameters of the token request, without the client's own."""
        raise NotImplementedError

    def request(self, scheme: SecurityScheme, base: str = "") -> Request:
        """The token request (RFC 6749, 4.4.2 and 6), with the client in an ``Authorization`` header (2.3.1).

        The document's ``tokenUrl`` may be relative to ``base``, where the API is.

        Raises:
            InvalidRequest: neither the document nor the caller says where tokens are.
        """
        from bindwright.runtime.http.model.errors import InvalidRequest
        from bindwright.runtime.http.model.message import Request

        url = self.token_url or _token_url(scheme)
        if url is None:
            raise InvalidRequest(
                f"{type(self).__name__}: neither the document nor token_url says where tokens are"
            )
        if base and "://" not in url:
            url = urljoin(f"{base}/", url)
        form = self.form()
        if self.scopes:
            form["scope"] = " ".join(self.scopes)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        client_id, secret = self._client
        if secret is None:
            form["client_id"] = client_id
        else:
            pair = "&".join((urlencode({"": client_id})[1:], urlencode({"": secret})[1:])).replace(
                "&", ":", 1
            )
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        request = Request("POST", url, headers, urlencode(form).encode(), operation="oauth2.token")
        request.credential_headers = frozenset({"authorization"})
        request.secret_values = frozenset(value for name, value in form.items() if name in _SECRET_FIELDS)
        return request

    def accept(self, status: int, body: bytes) -> str:
        """Keep the token of an answer (RFC 6749, 5.1).

        Raises:
            ValueError: no token in it; the message has the error's code (5.2), nothing secret.
        """
        try:
            answer = json.loads(body)
        except ValueError:
            answer = {}
        token = answer.get("access_token") if isinstance(answer, dict) else None
        if status != 200 or not isinstance(token, str):
            code = answer.get("error") if isinstance(answer, dict) else None
            raise ValueError(f"the token endpoint answered {status} {code or ''}".rstrip())
        seconds = _seconds(answer.get("expires_in"))
        self._token, self._until = token, time.monotonic() + max(seconds - _EARLY, seconds / 2)
        if isinstance(refresh := answer.get("refresh_token"), str):
            self.refreshed(refresh)
        return token

    def refreshed(self, token: str) -> None:
        """The answer carries a new refresh token."""


class ClientCredentials(TokenSource):
    """OAuth 2 client credentials grant (RFC 6749, 4.4)."""

    def __init__(
        self, client_id: str, client_secret: str, *, scopes: Sequence[str] = (), token_url: str | None = None
    ) -> None:
        super().__init__(token_url=token_url, scopes=scopes, client_id=client_id, client_secret=client_secret)

    def form(self) -> dict[str, str]:
        return {"grant_type": "client_credentials"}


class RefreshToken(TokenSource):
    """OAuth 2 refresh token grant (RFC 6749, 6); ``on_change`` hears of each new refresh token."""

    def __init__(
        self,
        refresh_token: str,
        client_id: str,
        client_secret: str | None = None,
        *,
        scopes: Sequence[str] = (),
        token_url: str | None = None,
        on_change: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__(token_url=token_url, scopes=scopes, client_id=client_id, client_secret=client_secret)
        self._refresh = refresh_token
        self._on_change = on_change

    def form(self) -> dict[str, str]:
        return {"grant_type": "refresh_token", "refresh_token": self._refresh}

    def refreshed(self, token: str) -> None:
        changed, self._refresh = token != self._refresh, token
        if changed and self._on_change is not None:
            self._on_change(token)


Credential = Secret | tuple[str, str] | ApiKey | Bearer | Basic | MutualTls | TokenSource
"""What a client takes for a security scheme."""


def _seconds(lifetime: Any) -> float:
    """How long a token lives; five minutes where nothing readable says so."""
    try:
        seconds = float(lifetime)
    except (TypeError, ValueError):
        return 300.0
    return seconds if math.isfinite(seconds) else 300.0


def _token_url(scheme: SecurityScheme) -> str | None:
    for flow in (
        "clientCredentials",
        "application",
        "authorizationCode",
        "accessCode",
        "password",
        "deviceAuthorization",
    ):
        settings = scheme.flows.get(flow)
        if settings and (url := settings.get("tokenUrl")):
            return str(url)
    return None
