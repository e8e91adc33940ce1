"""Fetching what references name on a network: only when allowed, bounded, and held to a hash."""

from __future__ import annotations

import hashlib
import time
from typing import Any

from bindwright.openapi.diagnostics.syntax_errors import Refused
from bindwright.openapi.options import LoadOptions

_CHUNK = 1 << 16
_REDIRECTS = 5


def fetch(url: str, options: LoadOptions, hashes: dict[str, str]) -> bytes:
    """The bytes at `url`; their sha256 is put into `hashes` and must equal the one in the options, if any.

    Raises `Refused` for every failure: no answer, a status other than 200, too slow, too large, other bytes.
    """
    import urllib3

    try:
        data = _get(url, options)
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise Refused("unreachable", f"`{url}` cannot be fetched: {_reason(error)}", "try again") from None
    digest = hashlib.sha256(data).hexdigest()
    locked = options.remote_hashes.get(url)
    if locked is not None and locked.lower() != digest:
        message = f"`{url}` has changed: its sha256 is {digest}, the lock has {locked}"
        raise Refused("remote-changed", message, "look at what changed, then lock it again")
    hashes[url] = digest
    return data


def _get(url: str, options: LoadOptions) -> bytes:
    import urllib3

    seconds = options.limits.remote_seconds
    deadline = time.monotonic() + seconds
    retries = urllib3.Retry(connect=1, read=0, redirect=0, status=0, other=0)
    headers = {"Accept": "application/json, application/yaml, */*;q=0.5", "Accept-Encoding": "identity"}
    with urllib3.PoolManager(retries=retries, timeout=urllib3.Timeout(total=seconds)) as pool:
        address = url
        for _ in range(_REDIRECTS + 1):
            response = pool.request("GET", address, headers=headers, preload_content=False, redirect=False)
            try:
                target = response.get_redirect_location()
                if target:
                    address = _redirected(url, address, target)
                    continue
                if response.status != 200:
                    raise Refused(
                        "unreachable", f"`{url}` answers with status {response.status}", "correct the URL"
                    )
                return _body(response, url, options.limits.file_bytes, deadline)
            finally:
                response.close()
    raise Refused("unreachable", f"`{url}` is redirected more than {_REDIRECTS} times", "correct the URL")


def _redirected(url: str, address: str, target: str) -> str:
    """Where a redirect leads.

    Whoever allows a document to be fetched allows its host: an answer must not send the reader to another
    one, such as a service inside of the own network, nor from ``https`` to ``http``.
    """
    from urllib.parse import urljoin, urlsplit

    joined = urljoin(address, target)
    old, new = urlsplit(address), urlsplit(joined)
    safe = new.scheme == old.scheme or (old.scheme, new.scheme) == ("http", "https")
    if new.hostname != old.hostname or (new.scheme == old.scheme and new.port != old.port) or not safe:
        raise Refused(
            "redirected-elsewhere", f"`{url}` is redirected to `{joined}`", "refer to that address itself"
        )
    return joined


def _body(response: Any, url: str, limit: int, deadline: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    while chunk := response.read1(_CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if size > limit:
            raise Refused("too-large", f"`{url}` is larger than {limit} bytes", "save it beside the document")
        if time.monotonic() > deadline:
            raise Refused("unreachable", f"`{url}` takes too long", "save it beside the document")
    return b"".join(parts)


def _reason(error: Exception) -> str:
    cause = getattr(error, "reason", None) or error
    return str(cause).partition(": ")[2] or str(cause)
