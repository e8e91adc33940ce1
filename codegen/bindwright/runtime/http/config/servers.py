"""Where requests go: servers, their variables, and base URLs (OpenAPI 3.2.0, "Server Object")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

from bindwright.runtime.http.model.operation import Server
from bindwright.runtime.http.request.percent_encoding import encode_reserved

_VARIABLE = re.compile(r"\{([^{}]+)\}")


def server_url(server: Server, variables: Mapping[str, str]) -> str:
    """The URL with its variables filled in.

    Raises:
        ValueError: a variable without a value, or a value that the document does not allow.
    """
    variables_by_name = {name: (default, allowed) for name, default, allowed in server.variables}

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        default, allowed = variables_by_name.get(name, ("", ()))
        value = variables.get(name, default)
        if not value and name not in variables_by_name and name not in variables:
            raise ValueError(f"server variable {name!r} has no value")
        if allowed and value not in allowed:
            raise ValueError(f"server variable {name!r} is one of {', '.join(allowed)}, not {value!r}")
        return encode_reserved(str(value))

    return _VARIABLE.sub(fill, server.url)


def check_base(url: str) -> str:
    """A base URL without its last slash.

    Raises:
        ValueError: not an absolute http or https URL, or one with characters no URL has.
    """
    parts = urlsplit(url)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise ValueError(f"base_url must begin with http:// or https:// and name a host, not {_shown(url)!r}")
    if re.search(r"[\s\x00-\x1f\x7f]", url):
        raise ValueError("base_url holds white space or control characters")
    if parts.fragment or parts.query:
        raise ValueError("base_url must have no query and no fragment")
    _ = parts.port  # raises ValueError where it is no number
    path = parts.path
    return (url[: len(url) - len(path)] + encode_reserved(path)).rstrip("/") if path else url


def _shown(url: str) -> str:
    from bindwright.runtime.http.model.redact import redact_url

    return redact_url(url)


def base_for(
    servers: tuple[Server, ...], override: str | None, common: str | None, variables: Mapping[str, str]
) -> str:
    """The base URL of one operation: what the caller gave, else its own server's, else the document's.

    Raises:
        ValueError: there is none, or it is not absolute.
    """
    if override is not None:
        return override
    if servers:
        url = server_url(servers[0], variables)
        return check_base(urljoin(f"{common}/", url) if common else url)
    if common is None:
        raise ValueError("the document names no server that is absolute: give base_url")
    return common


def document_base(servers: tuple[Server, ...], index: int, variables: Mapping[str, str]) -> str | None:
    """The base URL of the document's server; None where it is relative or there is none."""
    if not servers:
        return None
    if not 0 <= index < len(servers):
        raise ValueError(f"the document has servers 0 to {len(servers) - 1}, not {index}")
    url = server_url(servers[index], variables)
    return check_base(url) if "://" in url else None


def origin_of(url: str) -> tuple[str, str, int]:
    """Scheme, host and port (RFC 6454, 4)."""
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    return scheme, (parts.hostname or "").lower(), parts.port or (443 if scheme == "https" else 80)
