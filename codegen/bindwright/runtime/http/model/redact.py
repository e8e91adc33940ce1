"""URLs, headers and texts without their secrets, for errors, logs and spans.

Names tell which headers and query parameters are secret. Servers repeat what they were sent (in error
messages, redirects, headers), so that the values of a request's secrets are hidden wherever they stand.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Collection, Mapping
from html import escape
from urllib.parse import quote, quote_plus, unquote_plus

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
_MIN_SECRET = 4
"""Characters. Hiding shorter values would make texts unreadable, and would tell what they are."""


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
    if mark and _is_secret_name(name, secret):
        return f"{name}={HIDDEN}"
    return pair


def _is_secret_name(name: str, secret: Collection[str]) -> bool:
    return name in secret or _SECRET_QUERY.match(name) is not None


def redact_headers(
    headers: Mapping[str, str],
    secret: Collection[str] = (),
    secret_query: Collection[str] = (),
    values: Collection[str] = (),
) -> dict[str, str]:
    """The headers with ``***`` for values that are credentials, and with redacted URLs.

    ``secret`` has names in lower case; ``secret_query`` is as in `redact_url`; ``values`` are as in `hide`.
    """
    return {
        name: _header(name.lower(), value, secret, secret_query, values) for name, value in headers.items()
    }


def _header(
    name: str, value: str, secret: Collection[str], secret_query: Collection[str], values: Collection[str]
) -> str:
    if name in SECRET_HEADERS or name in secret:
        return HIDDEN
    return hide(redact_url(value, secret_query) if name in URL_HEADERS else value, values)


def secrets_of(
    headers: Mapping[str, str], url: str, secret_headers: Collection[str], secret_query: Collection[str]
) -> tuple[str, ...]:
    """The values of a request's secrets, in every spelling in which a server may repeat them; longest first."""
    values: set[str] = set()
    for name, value in headers.items():
        folded = name.lower()
        if folded == "cookie":
            values.update(pair.partition("=")[2].strip() for pair in value.split(";"))
        elif folded in SECRET_HEADERS or folded in secret_headers:
            values |= _credential(value)
    for pair in url.partition("?")[2].partition("#")[0].split("&"):
        name, _, value = pair.partition("=")
        if value and _is_secret_name(name, secret_query):
            values |= {value, unquote_plus(value)}
    return spellings(values)


def _credential(value: str) -> set[str]:
    """The parts of ``Authorization``: the credential after its scheme; user and password of ``Basic``."""
    scheme, mark, credential = value.partition(" ")
    if not mark:
        return {value}
    parts = {credential.strip()}
    if scheme.lower() == "basic":
        try:
            pair = base64.b64decode(credential, validate=True).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            return parts
        parts |= {pair, pair.partition(":")[2]}
    return parts


def spellings(values: Collection[str]) -> tuple[str, ...]:
    """Secrets as they are and as URLs, JSON, HTML and Python spell them, longest first, so that no secret is hidden
    only in part."""
    long_enough = {value for value in values if len(value) >= _MIN_SECRET}
    encoded = {code(value) for value in long_enough for code in _CODES if not value.isalnum()}
    return tuple(sorted(long_enough | encoded, key=lambda value: (-len(value), value)))


def _quote(value: str) -> str:
    return quote(value, safe="", errors="replace")


def _quote_lower(value: str) -> str:
    """Some servers write hexadecimal digits in lower case."""
    return re.sub(r"%[0-9A-F]{2}", lambda match: match[0].lower(), _quote(value))


def _quote_path(value: str) -> str:
    return quote(value, errors="replace")


def _quote_form(value: str) -> str:
    return quote_plus(value, errors="replace")


def _json(value: str) -> str:
    return json.dumps(value)[1:-1]


def _json_slashes(value: str) -> str:
    """As PHP writes it, which escapes every slash."""
    return _json(value).replace("/", "\\/")


def _json_unicode(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)[1:-1]


def _repr(value: str) -> str:
    return repr(value)[1:-1]


_CODES = (
    _quote,
    _quote_lower,
    _quote_path,
    _quote_form,
    _json,
    _json_slashes,
    _json_unicode,
    escape,
    _repr,
)


def causes_without(error: BaseException, values: Collection[str]) -> BaseException | None:
    """The exception as the cause of another, unless it, or what caused it, shows one of the values: None then, as a
    traceback would print it."""
    cause: BaseException | None = error
    seen: set[int] = set()
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        shown = f"{cause}\0{cause!r}"
        if any(value in shown for value in values):
            return None
        cause = cause.__cause__ or cause.__context__
    return error


def hide(text: str, values: Collection[str]) -> str:
    """The text with ``***`` for each of the values."""
    for value in values:
        if value in text:
            text = text.replace(value, HIDDEN)
    return text
