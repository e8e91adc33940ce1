"""Following redirects (RFC 9110, 15.4): sans-I/O."""

from __future__ import annotations

from urllib.parse import quote, urljoin, urlsplit

from bindwright.runtime.http.config.servers import origin_of
from bindwright.runtime.http.model.errors import RedirectError
from bindwright.runtime.http.model.message import Headers, Request, put
from bindwright.runtime.http.model.redact import redact_url

STATUSES = frozenset({301, 302, 303, 307, 308})
_URL = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"<>\\^`{|}')
_KEPT = frozenset({"accept", "accept-encoding", "user-agent"})
"""Headers that say nothing about the caller; only they go to another origin."""


def follow(request: Request, status: int, headers: Headers, visited: list[str], limit: int) -> Request | None:
    """The request that a redirect asks for; None: the answer stands for itself.

    301 and 302 are followed for GET and HEAD alone: for other methods, what is meant is not known.
    To another origin only GET and HEAD go, without credentials and without any header of the caller's.

    Raises:
        RedirectError: a loop, more than ``limit``, or a target that must not be followed.
    """
    location = headers.get("location")
    if status not in STATUSES or not location:
        return None
    safe = request.method in ("GET", "HEAD")
    if not safe and status in (301, 302):
        return None
    url = target(request, location).partition("#")[0]
    safe_url = redact_url(url, request.secret_query)
    same = _check(request, url, safe_url)
    if url in visited:
        raise RedirectError(f"the redirects lead in a circle, back to {safe_url}", request=request)
    if len(visited) > limit:
        raise RedirectError(f"more than {limit} redirects, the last one to {safe_url}", request=request)
    if not same and not safe and status != 303:
        raise RedirectError(
            f"a {request.method} is not sent on to another origin: {safe_url}", request=request
        )
    visited.append(url)
    return _next(request, url, status, same=same)


def target(request: Request, reference: str) -> str:
    """The absolute URL of a reference that an answer holds; what no URL can hold is percent-encoded.

    Raises:
        RedirectError: it is no reference to a URL.
    """
    try:
        url = quote(urljoin(request.url, reference), safe=_URL)
        origin_of(url)
    except ValueError:
        safe_url = redact_url(reference, request.secret_query)
        raise RedirectError(f"{safe_url!r} is no URL to be followed", request=request) from None
    return url


def behind_tls(request: Request, url: str) -> str:
    """A link to the same host over plain HTTP as one over TLS, if that is how the request went.

    Servers behind a proxy that ends TLS write such links, for they do not know better; credentials never go
    where they did not go before.
    """
    parts, own = urlsplit(url), origin_of(request.url)
    if own[0] != "https" or parts.scheme.lower() != "http" or (parts.hostname or "").lower() != own[1]:
        return url
    if parts.port is not None and parts.port not in (80, own[2]):
        return url
    host = urlsplit(request.url).netloc.rpartition("@")[2]
    return parts._replace(scheme="https", netloc=host).geturl()


def _check(request: Request, url: str, safe_url: str) -> bool:
    parts = urlsplit(url)
    same = origin_of(url) == origin_of(request.url)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise RedirectError(f"{safe_url!r} is not http, so it is not followed", request=request)
    if urlsplit(request.url).scheme.lower() == "https" and parts.scheme.lower() == "http":
        raise RedirectError(f"from https to http is not followed: {safe_url}", request=request)
    return same


def _next(request: Request, url: str, status: int, *, same: bool) -> Request:
    following = request.copy()
    following.url, following.secret_values = url, frozenset(request.secrets())
    if status == 303 and request.method != "HEAD":
        following.method, following.body, following.length, following.restart = "GET", None, None, None
        for name in ("Content-Type", "Content-Length", "Content-Encoding", "Idempotency-Key"):
            put(following.headers, name, None)
    if not same:
        following.headers = {
            name: value for name, value in following.headers.items() if name.lower() in _KEPT
        }
    return following
