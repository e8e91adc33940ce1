"""URLs and headers without their secrets, for errors, logs and spans."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

HIDDEN = "***"

SECRET_HEADERS = frozenset(
    {"authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key", "x-auth-token",
     "x-amz-security-token", "ocp-apim-subscription-key", "x-csrf-token"}
)  # fmt: skip
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
    pairs = [_pair(one, secret) for one in query.split("&")]
    return f"{head}?{'&'.join(pairs)}"


def _pair(pair: str, secret: Collection[str]) -> str:
    name, mark, _ = pair.partition("=")
    if mark and (name in secret or _SECRET_QUERY.match(name)):
        return f"{name}={HIDDEN}"
    return pair


def redact_headers(headers: Mapping[str, str], secret: Collection[str] = ()) -> dict[str, str]:
    """The headers with ``***`` for values that are credentials; ``secret`` has names in lower case."""
    return {
        name: HIDDEN if name.lower() in SECRET_HEADERS or name.lower() in secret else value
        for name, value in headers.items()
    }
