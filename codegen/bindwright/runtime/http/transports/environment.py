"""Proxies and certificate authorities, as the environment or the caller says."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import ssl
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from bindwright.runtime.http.model.errors import InvalidRequest
from bindwright.runtime.http.model.message import Request
from bindwright.runtime.http.model.redact import redact_url


def proxy_for(scheme: str, host: str, port: int, setting: str | None) -> str | None:
    """The URL of the proxy for an origin; None: there is none.

    ``given`` is the caller's: a URL, ``""`` for none, None for what ``HTTP_PROXY``, ``HTTPS_PROXY``,
    ``ALL_PROXY`` and ``NO_PROXY`` say.
    """
    if setting is not None:
        return setting or None
    proxies = getproxies()
    url = proxies.get(scheme) or proxies.get("all")
    if not url or proxy_bypass(f"{host}:{port}") or proxy_bypass(host):
        return None
    if _exempt(host, proxies.get("no", "")):
        return None
    return url if "://" in url else f"http://{url}"


def _exempt(host: str, exceptions: str) -> bool:
    """What urllib does not know of ``NO_PROXY``, but curl and requests do: networks, brackets, ``*.``."""
    for exception in exceptions.split(","):
        name = exception.strip().lower()
        if name.startswith("*.") and host.lower().endswith(name[1:]):
            return True
        if "/" in name or name.startswith("["):
            with contextlib.suppress(ValueError):
                if ipaddress.ip_address(host) in ipaddress.ip_network(name.strip("[]"), strict=False):
                    return True
    return False


def unusable(proxy: str | None, error: Exception, request: Request) -> InvalidRequest:
    """The error of a proxy through which no connection can even be tried; its user does not show."""
    return InvalidRequest(
        f"the proxy {redact_url(proxy or '')!r} cannot be used ({type(error).__name__}); "
        "its URL begins with http:// or https://",
        request=request,
    )


def proxy_user(url: str) -> tuple[str, tuple[str, str] | None]:
    """A proxy's URL without its user, and the user with the password."""
    parts = urlsplit(url)
    if parts.username is None:
        return url, None
    host = parts.netloc.rpartition("@")[2]
    user = (unquote(parts.username), unquote(parts.password or ""))
    return parts._replace(netloc=host).geturl(), user


def context_of(setting: ssl.SSLContext | str | None) -> ssl.SSLContext:
    """The TLS context: the caller's, or one that trusts the caller's file or the system's authorities.

    OpenSSL reads ``SSL_CERT_FILE`` and ``SSL_CERT_DIR`` where the system's are loaded.
    """
    if isinstance(setting, ssl.SSLContext):
        return setting
    if setting is not None:
        path = os.fspath(setting)
        folder = os.path.isdir(path)
        return ssl.create_default_context(cafile=None if folder else path, capath=path if folder else None)
    return ssl.create_default_context()
