"""URLs and headers without their secrets, for errors, logs and spans."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

HIDDEN = "***"

SECRET_HEADERS = frozenset(
    {"authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key", "x-auth-token",
     "x-amz-security-token", "ocp-apim-subscription-key", "x-csrf-token"}
)  # fmt: skip
URL_HEADERS = frozenset({"location", "content-location", "link", "refresh", "referer"})
"""Whose values may repeat the URL of the request, and a key in it."""
_SECRET_QUERY = re.compile(
    r"(?i)^(?:api[-_]?key|key|(?:access|auth|refresh|id)?[-_]?token|sig|signature|secret|client[-_]secret|password|"
    r"passwd|pwd|code|x-amz-(?:signature|credential|security-token))$"
)
_USER = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]*://)[^/?#@]*@")


def redact_url(url: str, secret: Collection[str] = ()) -> str:
    """The URL without user information, and with ``***`` for the values of secret query parameters.

    ``secret`` has the percent-encoded names that hold credentials; names that usually hold them are
    hidden whatever the document says.
    """
    url = _USER.sub(r"\1", url)
    head, mark, query = url.partition("?")
    if not mark:
        return url
    pairs = [_pair(pair, secret) for pair in query.split("&")]
    return f"{head}?{'&'.join(pairs)}"


def _pair(pair: str, secret: Collection[str]) -> str:
    name, mark, _ = pair.partition("=")
    if mark and (name in secret or _SECRET_QUERY.match(name)):
        return f"{name}={HIDDEN}"
    return pair


def redact_headers(
    headers: Mapping[str, str], secret: Collection[str] = (), secret_query: Collection[str] = ()
) -> dict[str, str]:
    """The headers with ``***`` for values that are credentials, and with redacted URLs.

    ``secret`` has names in lower case; ``secret_query`` is as in `redact_url`.
    """
    return {name: _header(name.lower(), value, secret, secret_query) for name, value in headers.items()}


def _header(name: str, value: str, secret: Collection[str], secret_query: Collection[str]) -> str:
    if name in SECRET_HEADERS or name in secret:
        return HIDDEN
    return redact_url(value, secret_query) if name in URL_HEADERS else value
