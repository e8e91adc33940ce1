"""OAuth 2 for programs on a person's machine: the browser asks, the answer comes back to a port of this machine.

RFC 8252 (native apps): the system's browser, and a redirect to the loopback interface. RFC 7636: the code is worth
nothing without the verifier that only this process knows (PKCE, S256). The `state` tells the redirect of this login
from any other request to the port.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from bindwright.runtime.http.config.oauth2 import ClientAuth, Scopes, TokenSource, discovered
from bindwright.runtime.http.model.errors import InvalidRequest, TokenError
from bindwright.runtime.http.model.message import Request
from bindwright.runtime.http.model.operation import SecurityScheme
from bindwright.standards.terminal import escape_controls

_FLOWS = ("authorizationCode", "accessCode")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_PAGE = "<!doctype html><title>Done</title><p>You can close this window and go back to the program.</p>"
_PATIENCE = 2.0
"""Seconds for which a connection to the port may be silent."""


class AuthorizationCode(TokenSource):
    """OAuth 2 authorization code grant for command lines (RFC 6749, 4.1; RFC 8252).

    The first call that needs a token opens the browser and waits, for ``wait`` seconds, until its user has said yes;
    that time is not counted against the call's own. Later tokens come from the refresh token, if the server gave one:
    ``on_change`` hears of each, and ``refresh_token`` begins with one that was kept.

    ``port`` is the one of the redirect where the server wants it fixed, ``path`` likewise; ``open_browser`` is given
    the URL, and what it cannot open is printed. ``login_extra`` has further parameters of that URL.
    """

    def __init__(
        self,
        client_id: str,
        client_secret: str | None = None,
        *,
        scopes: Sequence[str] = (),
        authorization_url: str | None = None,
        token_url: str | None = None,
        port: int = 0,
        path: str = "/",
        open_browser: Callable[[str], Any] | None = None,
        wait: float = 300.0,
        refresh_token: str | None = None,
        on_change: Callable[[str], None] | None = None,
        client_auth: ClientAuth = "basic",
        extra: Mapping[str, str] | None = None,
        login_extra: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(
            token_url=token_url, scopes=scopes, client_id=client_id, client_secret=client_secret,
            client_auth=client_auth, extra=extra,
        )  # fmt: skip
        self.authorization_url = authorization_url
        self._port, self._path, self._wait = port, path, wait
        self._open, self._on_change = open_browser, on_change
        self._login_extra = dict(login_extra or {})
        self._kept = refresh_token
        self._refresh: dict[Scopes, str] = {}
        self._codes: dict[Scopes, dict[str, str]] = {}

    sends_scopes = False  # the code, and the refresh token, have theirs

    def endpoint(self, scheme: SecurityScheme, base: str) -> str | None:
        """As `TokenSource.endpoint`; None also where the configuration is to tell where a person is asked."""
        url = super().endpoint(scheme, base)
        is_open = scheme.kind == "openIdConnect" and bool(scheme.url) and self.authorization_url is None
        return None if is_open else url

    def configure(self, body: bytes, url: str) -> str:
        """As `TokenSource.configure`, with where a person is asked."""
        self.authorization_url = self.authorization_url or discovered(body, url, "authorization_endpoint")
        return super().configure(body, url)

    def form(self, scopes: Scopes) -> dict[str, str]:
        """RFC 6749, 4.1.3 with RFC 7636, 4.5; later RFC 6749, 6."""
        code = self._codes.pop(scopes, None)
        if code is not None:
            return {"grant_type": "authorization_code", **code}
        return {"grant_type": "refresh_token", "refresh_token": self._refresh.get(scopes) or self._kept or ""}

    def needs_person(self, scopes: Scopes) -> bool:
        """Whether somebody has to say yes before a token can be fetched."""
        return scopes not in self._refresh and self._kept is None

    def login(self, scheme: SecurityScheme, base: str, scopes: Scopes) -> None:
        """Have the browser ask, and wait for the code; blocks.

        Raises:
            InvalidRequest: nobody says where to ask.
            TokenError: the answer was no, or none came.
        """
        endpoint = self._authorization_endpoint(scheme, base)
        verifier, state = secrets.token_urlsafe(48), secrets.token_urlsafe(32)
        with _Loopback(self._port, self._path, state) as loopback:
            query = {
                "response_type": "code",
                "client_id": self._client[0],
                "redirect_uri": loopback.uri,
                "state": state,
                "code_challenge": challenge_of(verifier),
                "code_challenge_method": "S256",
                **self._login_extra,
            }
            if scopes:
                query["scope"] = " ".join(scopes)
            self._show(f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(query)}")
            answer = loopback.answer(self._wait)
        if "code" not in answer:
            raise _refusal(answer)
        self._codes[scopes] = {
            "code": answer["code"],
            "code_verifier": verifier,
            "redirect_uri": loopback.uri,
        }

    def _authorization_endpoint(self, scheme: SecurityScheme, base: str) -> str:
        documented = (scheme.flows.get(flow, {}).get("authorizationUrl") for flow in _FLOWS)
        url = self.authorization_url or next(
            (address for address in documented if isinstance(address, str) and address), None
        )
        if url is None:
            raise InvalidRequest(
                "AuthorizationCode: neither the document nor authorization_url says where to ask"
            )
        url = urljoin(f"{base}/", url) if base and "://" not in url else url
        parts = urlsplit(url)
        # A document is somebody's text: a browser opens files and starts programs for other schemes.
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
            raise InvalidRequest("AuthorizationCode: the authorization URL is not https")
        return url.partition("#")[0]

    def _show(self, url: str) -> None:
        if self._open is not None:
            self._open(url)
            return
        import webbrowser

        if not webbrowser.open(url):
            print(f"open this in a browser:\n{escape_controls(url, lines=False)}", file=sys.stderr)

    def accept(self, request: Request, status: int, body: bytes, scopes: Scopes = ()) -> str:
        """As `TokenSource.accept`; a refresh token that is refused is forgotten, so that the next call asks again."""
        try:
            return super().accept(request, status, body, scopes)
        except TokenError as error:
            if error.status < 500:
                self._refresh.pop(scopes, None)
                self._kept = None
            raise

    def refreshed(self, token: str, scopes: Scopes) -> None:
        changed, self._refresh[scopes] = token != self._refresh.get(scopes, self._kept), token
        if changed and self._on_change is not None:
            self._on_change(token)


def _refusal(answer: dict[str, str]) -> TokenError:
    """The error of a login without a code (RFC 6749, 4.1.2.1)."""
    code, description = answer.get("error"), answer.get("error_description")
    words = escape_controls(": ".join(filter(None, (code, description))), lines=False)[:300]
    message = f"the authorization server said no: {words}" if answer else "no answer came from the browser"
    return TokenError(message, error=code, error_description=description)


def challenge_of(verifier: str) -> str:
    """What is sent ahead of the verifier: S256 (RFC 7636, 4.2)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


class _Loopback:
    """A port of this machine that waits for one redirect (RFC 8252, 7.3); what else comes gets a 404 and is forgotten.

    A request with another `state` is no answer: any page in any browser may send one.
    """

    def __init__(self, port: int, path: str, state: str) -> None:
        from http.server import BaseHTTPRequestHandler, HTTPServer

        callback = self._callback = dict[str, str]()

        class Handler(BaseHTTPRequestHandler):
            timeout = _PATIENCE
            server_version, sys_version = "bindwright", ""

            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                right = parts.path == path and hmac.compare_digest(
                    query.get("state", "").encode(), state.encode()
                )
                if right and not callback:
                    callback.update(query)
                self._say(200 if right else 404, _PAGE if right else "")

            def _say(self, status: int, text: str) -> None:
                self.send_response(status)
                for name, value in (
                    ("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(text))),
                    ("Cache-Control", "no-store"), ("Referrer-Policy", "no-referrer"), ("Connection", "close"),
                ):  # fmt: skip
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, format: str, *args: Any) -> None:
                """Nothing: the request has the code in it."""

        self._server = HTTPServer(("127.0.0.1", port), Handler)
        self.uri = f"http://127.0.0.1:{self._server.server_port}{path}"

    def answer(self, seconds: float) -> dict[str, str]:
        """The redirect's parameters; none where it did not come in time."""
        end = time.monotonic() + seconds
        while not self._callback and (left := end - time.monotonic()) > 0:
            self._server.timeout = left
            self._server.handle_request()
        return self._callback

    def __enter__(self) -> _Loopback:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.server_close()
