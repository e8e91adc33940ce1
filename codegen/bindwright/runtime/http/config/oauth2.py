"""OAuth 2 (RFC 6749): tokens that are fetched, kept by their scopes, and renewed."""

from __future__ import annotations

import base64
import json
import math
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal
from urllib.parse import urlencode, urljoin

from bindwright.runtime.http.config.credentials import ApiKey, Basic, Bearer, Hidden, MutualTls, Secret
from bindwright.runtime.http.model.errors import InvalidRequest, TokenError
from bindwright.runtime.http.model.forking import apart
from bindwright.runtime.http.model.message import Request
from bindwright.runtime.http.model.operation import SecurityScheme
from bindwright.runtime.http.model.redact import hide
from bindwright.standards.terminal import escape_controls

ClientAuth = Literal["basic", "post"]
Scopes = tuple[str, ...]

_EARLY = 30.0
"""Seconds before its end at which a token is replaced."""
_SECRET_FIELDS = frozenset({"assertion", "client_assertion", "client_secret", "code", "code_verifier", "password",
    "refresh_token"})  # fmt: skip
_FLOWS = (
    "clientCredentials",
    "application",
    "password",
    "authorizationCode",
    "accessCode",
    "deviceAuthorization",
)
_MAX_MESSAGE = 300


class TokenSource(Hidden):
    """Base of OAuth 2 grants: tokens that are fetched, kept, and shared by all clients with this object.

    ``scopes`` are asked for in every request; without them, those that the operation needs by the document.
    ``client_auth`` says where the client's own secret goes: into an ``Authorization`` header (RFC 6749, 2.3.1,
    the default), or into the form. ``extra`` has further fields of the form, such as ``audience``.
    """

    def __init__(
        self,
        *,
        token_url: str | None,
        scopes: Sequence[str],
        client_id: str,
        client_secret: str | None,
        client_auth: ClientAuth = "basic",
        extra: Mapping[str, str] | None = None,
    ) -> None:
        if client_auth not in ("basic", "post"):
            raise ValueError(f"client_auth is 'basic' or 'post', not {client_auth!r}")
        self.token_url = token_url
        self.scopes = tuple(scopes)
        self._client = (client_id, client_secret)
        self._client_auth, self._extra = client_auth, dict(extra or {})
        self._tokens: dict[Scopes, tuple[str, float]] = {}
        self._failure: tuple[TokenError, float] | None = None
        self.forked()
        apart(self)

    def forked(self) -> None:
        """In a child process nobody would free a lock that another thread held."""
        self.lock = threading.Lock()
        self.async_locks: dict[Any, Any] = {}
        """One for each event loop."""

    def scopes_for(self, needed: Scopes) -> Scopes:
        """The scopes of the token for an operation that needs these."""
        return self.scopes or tuple(sorted(set(needed)))

    def current(self, scopes: Scopes = ()) -> str | None:
        """The token that is kept for these scopes, unless it is about to end."""
        kept = self._tokens.get(scopes)
        return kept[0] if kept is not None and time.monotonic() < kept[1] else None

    def forget(self, token: str) -> None:
        """A server has refused this token."""
        self._tokens = {scopes: kept for scopes, kept in self._tokens.items() if kept[0] != token}

    def failure_since(self, start: float) -> TokenError | None:
        """The refusal that another call got while this one waited for its turn: asking again would get it, too."""
        failure = self._failure
        return failure[0] if failure is not None and failure[1] >= start else None

    sends_scopes = True
    """Whether the token request says which scopes are wanted."""

    def form(self, scopes: Scopes) -> dict[str, str]:
        """The parameters of the token request, without the client's own."""
        raise NotImplementedError

    def endpoint(self, scheme: SecurityScheme, base: str) -> str | None:
        """Where tokens are, absolute; None: only the configuration of OpenID Connect can tell.

        The document's ``tokenUrl`` may be relative to ``base``, where the API is.

        Raises:
            InvalidRequest: neither the document nor the caller says where tokens are.
        """
        url = self.token_url or self._documented_url(scheme)
        if url is None and scheme.kind == "openIdConnect" and scheme.url:
            return None
        if url is None:
            raise InvalidRequest(
                f"{type(self).__name__}: neither the document nor token_url says where tokens are"
            )
        return urljoin(f"{base}/", url) if base and "://" not in url else url

    def configure(self, body: bytes, url: str) -> str:
        """Take what the caller did not say from the configuration of OpenID Connect; gives where tokens are.

        Raises:
            InvalidRequest: it does not say.
        """
        self.token_url = self.token_url or discovered(body, url, "token_endpoint")
        return self.token_url

    def _documented_url(self, scheme: SecurityScheme) -> str | None:
        for flow in _FLOWS:
            settings = scheme.flows.get(flow)
            if settings and (url := settings.get("tokenUrl")):
                return str(url)
        return None

    def request(self, url: str, scopes: Scopes = ()) -> Request:
        """The token request (RFC 6749, 4.3.2, 4.4.2 and 6)."""
        form = self.form(scopes)
        if scopes and self.sends_scopes:
            form["scope"] = " ".join(scopes)
        form |= self._extra
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        client_id, secret = self._client
        if secret is None or self._client_auth == "post":
            form["client_id"] = client_id
            if secret is not None:
                form["client_secret"] = secret
        else:
            pair = f"{urlencode({'': client_id})[1:]}:{urlencode({'': secret})[1:]}"
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        request = Request("POST", url, headers, urlencode(form).encode(), operation="oauth2.token")
        request.headers["Content-Length"] = str(len(request.body))
        request.credential_headers = frozenset({"authorization"})
        secrets = {value for name, value in form.items() if name in _SECRET_FIELDS}
        request.secret_values = frozenset(secrets | ({secret} if secret else set()))
        return request

    def accept(self, request: Request, status: int, body: bytes, scopes: Scopes = ()) -> str:
        """Keep the token of an answer (RFC 6749, 5.1).

        Raises:
            TokenError: no token in it; with the error's code and description (5.2), nothing secret.
        """
        answer = _object(body)
        token = answer.get("access_token")
        if status != 200 or not isinstance(token, str):
            error = _refusal(request, status, answer)
            if status < 500:
                self._failure = error, time.monotonic()
            raise error
        seconds = _seconds(answer.get("expires_in"))
        self._tokens[scopes] = token, time.monotonic() + max(seconds - _EARLY, seconds / 2)
        if isinstance(refresh := answer.get("refresh_token"), str):
            self.refreshed(refresh, scopes)
        return token

    def refreshed(self, token: str, scopes: Scopes) -> None:
        """The answer carries a new refresh token."""


def _object(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _refusal(request: Request, status: int, answer: dict[str, Any]) -> TokenError:
    secrets = request.secrets()
    code, description = (
        hide(part, secrets) if isinstance(part, str) else None
        for part in (answer.get("error"), answer.get("error_description"))
    )
    words = [part for part in (code, description) if part]
    words_of_server = escape_controls(": ".join(words), lines=False)[:_MAX_MESSAGE]
    return TokenError(
        f"the token endpoint answered {status} {words_of_server}".rstrip(),
        request=request,
        status=status,
        error=code,
        error_description=description,
    )


def discovered(body: bytes, url: str, name: str) -> str:
    """An endpoint of an OpenID Connect configuration (OpenID Connect Discovery 1.0, 4.2), by its name there.

    Raises:
        InvalidRequest: there is none in it.
    """
    endpoint = _object(body).get(name)
    if not isinstance(endpoint, str) or not endpoint.startswith(("https://", "http://")):
        raise InvalidRequest(f"the OpenID Connect configuration at {url} names no {name}")
    return endpoint


class ClientCredentials(TokenSource):
    """OAuth 2 client credentials grant (RFC 6749, 4.4)."""

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        *,
        scopes: Sequence[str] = (),
        token_url: str | None = None,
        client_auth: ClientAuth = "basic",
        extra: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(
            token_url=token_url, scopes=scopes, client_id=client_id, client_secret=client_secret,
            client_auth=client_auth, extra=extra,
        )  # fmt: skip

    def form(self, scopes: Scopes) -> dict[str, str]:
        return {"grant_type": "client_credentials"}


class PasswordCredentials(TokenSource):
    """OAuth 2 resource owner password grant (RFC 6749, 4.3); OAuth 2.1 leaves it out."""

    def __init__(
        self,
        user: str,
        password: str,
        client_id: str,
        client_secret: str | None = None,
        *,
        scopes: Sequence[str] = (),
        token_url: str | None = None,
        client_auth: ClientAuth = "basic",
        extra: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(
            token_url=token_url, scopes=scopes, client_id=client_id, client_secret=client_secret,
            client_auth=client_auth, extra=extra,
        )  # fmt: skip
        self._user, self._password = user, password

    def form(self, scopes: Scopes) -> dict[str, str]:
        return {"grant_type": "password", "username": self._user, "password": self._password}


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
        client_auth: ClientAuth = "basic",
        extra: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(
            token_url=token_url, scopes=scopes, client_id=client_id, client_secret=client_secret,
            client_auth=client_auth, extra=extra,
        )  # fmt: skip
        self._refresh = refresh_token
        self._on_change = on_change

    def form(self, scopes: Scopes) -> dict[str, str]:
        return {"grant_type": "refresh_token", "refresh_token": self._refresh}

    def scopes_for(self, needed: Scopes) -> Scopes:
        """None but the caller's: a refresh token has its scopes, and must not ask for more (RFC 6749, 6)."""
        return self.scopes

    def _documented_url(self, scheme: SecurityScheme) -> str | None:
        urls = (settings.get("refreshUrl") for settings in scheme.flows.values())
        refresh = next((url for url in urls if url), None)
        return str(refresh) if refresh else super()._documented_url(scheme)

    def refreshed(self, token: str, scopes: Scopes) -> None:
        changed, self._refresh = token != self._refresh, token
        if changed and self._on_change is not None:
            self._on_change(token)


def _seconds(lifetime: Any) -> float:
    """How long a token lives; five minutes where nothing readable says so."""
    try:
        seconds = float(lifetime)
    except (TypeError, ValueError):
        return 300.0
    return seconds if math.isfinite(seconds) else 300.0


Credential = Secret | tuple[str, str] | ApiKey | Bearer | Basic | MutualTls | TokenSource
"""What a client takes for a security scheme."""
