"""Which credentials a request carries, and where (OpenAPI 3.2.0, "Security Requirement Object")."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from bindwright.runtime.http.config.credentials import Basic, MutualTls
from bindwright.runtime.http.config.oauth2 import TokenSource
from bindwright.runtime.http.model.errors import InvalidRequest
from bindwright.runtime.http.model.message import Request
from bindwright.runtime.http.model.operation import SecurityScheme
from bindwright.runtime.http.request.percent_encoding import check_header, encode

Requirements = tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]
Chosen = tuple[tuple[SecurityScheme, Any, tuple[str, ...]], ...]
"""Schemes, credentials and the scopes that the operation needs."""
_CHALLENGED = frozenset({"digest", "negotiate", "ntlm", "scram-sha-1", "scram-sha-256", "mutual"})
"""Schemes whose credentials answer what the server sends first."""


def choose(
    requirements: Requirements, schemes: tuple[SecurityScheme, ...], credentials: Mapping[str, Any]
) -> Chosen:
    """The first alternative for which there are all credentials; none where there is no such one.

    A request without credentials is sent, too: the server may know its caller otherwise, and it is the
    one to say no.

    Raises:
        InvalidRequest: some of the credentials of an alternative are given, and not all of any.
    """
    if not credentials:
        return ()
    by_name = {scheme.name: scheme for scheme in schemes}
    partly: tuple[list[str], list[str]] | None = None
    for alternative in requirements:
        names = [name for name, _ in alternative]
        present = [name for name in names if name in credentials]
        if alternative and len(present) == len(names) and all(name in by_name for name in names):
            return tuple((by_name[name], credentials[name], scopes) for name, scopes in alternative)
        if present:
            partly = partly or (present, [name for name in names if name not in credentials])
    if partly is not None and partly[1] and () not in requirements:
        raise InvalidRequest(
            f"the operation needs credentials for {', '.join(map(repr, partly[1]))} beside "
            f"{', '.join(map(repr, partly[0]))}"
        )
    return ()


def apply(request: Request, chosen: Chosen, values: Mapping[str, str]) -> None:
    """Put credentials into a request; ``values`` has tokens, and what callables gave, by scheme.

    Raises:
        InvalidRequest: a credential that cannot be sent. Its value is not in the message.
    """
    in_header: str | None = None
    for scheme, credential, _ in chosen:
        if scheme.kind == "mutualTLS":
            _check_certificate(request, scheme, credential)
            continue
        value = values.get(scheme.name)
        if scheme.kind == "apiKey":
            _api_key(request, scheme, _value(scheme, credential) if value is None else value)
            continue
        name = _auth_scheme(scheme, credential)
        if in_header is not None:
            raise InvalidRequest(
                f"{in_header!r} and {scheme.name!r} both need the header Authorization, which carries one credential"
            )
        in_header = scheme.name
        _header(request, "Authorization", f"{name} {_value(scheme, credential) if value is None else value}")


def _check_certificate(request: Request, scheme: SecurityScheme, credential: Any) -> None:
    """A certificate is part of the connection; that it is used, the client has seen to."""
    if not isinstance(credential, MutualTls):
        raise InvalidRequest(f"credentials for {scheme.name!r}: a client certificate is needed (MutualTls)")
    if not request.url.lower().startswith("https:"):
        raise InvalidRequest(f"credentials for {scheme.name!r}: a client certificate needs an https URL")


def _value(scheme: SecurityScheme, credential: Any) -> str:
    if isinstance(credential, tuple):
        credential = Basic(*credential)
    if callable(credential):
        credential = credential()
    if isinstance(credential, str):
        if (scheme.scheme or "").lower() == "basic" and ":" in credential:
            return base64.b64encode(credential.encode()).decode()
        return credential
    if isinstance(credential, (TokenSource, MutualTls)) or not hasattr(credential, "value"):
        raise InvalidRequest(
            f"credentials for {scheme.name!r}: {type(credential).__name__} cannot be used here"
        )
    text = credential.value()
    if not isinstance(text, str):
        raise InvalidRequest(
            f"credentials for {scheme.name!r}: a callable gave {type(text).__name__}, not text"
        )
    return text


def _auth_scheme(scheme: SecurityScheme, credential: Any) -> str:
    """The authentication scheme (RFC 9110, 11.1) that is sent.

    A scheme that is not known here gets the caller's credential as it is. It never becomes a bearer token or a
    password in clear: ``digest`` answers a challenge (RFC 7616), which is not done here.
    """
    name = (scheme.scheme or "").lower() if scheme.kind == "http" else ""
    is_password = isinstance(credential, (Basic, tuple))
    if scheme.kind in ("oauth2", "openIdConnect") or name == "bearer":
        if is_password:
            raise InvalidRequest(f"credentials for {scheme.name!r}: a token is needed, not user and password")
        return "Bearer"
    if name == "basic" or (scheme.kind == "basic" and not name):
        return "Basic"
    if name and not is_password and name not in _CHALLENGED:
        written = scheme.scheme or ""
        return written[:1].upper() + written[1:] if written.islower() else written
    what = f"http {name}" if name else scheme.kind
    raise InvalidRequest(
        f"credentials for {scheme.name!r}: the scheme {what!r} is not supported; use `sign`, which may add headers"
    )


def _header(request: Request, name: str, value: str) -> None:
    try:
        check_header(name, value)
    except ValueError:
        raise InvalidRequest(f"the credential for header {name} holds what a header cannot carry") from None
    request.set_header(name, value)
    request.secret_headers |= {name.lower()}
    request.credential_headers |= {name.lower()}


def _api_key(request: Request, scheme: SecurityScheme, value: str) -> None:
    name = scheme.parameter or scheme.name
    if scheme.location == "query":
        key = encode(name)
        url, _, query = request.url.partition("?")
        request.url = f"{url}?{'&'.join([*_others(query, '&', key), f'{key}={encode(value)}'])}"
        request.secret_query |= {key}
    elif scheme.location == "cookie":
        if ";" in value:  # it would begin another cookie (RFC 6265, 4.1.1)
            raise InvalidRequest(f"the credential for cookie {name} holds what a cookie cannot carry")
        before = _others(request.headers.get("Cookie", ""), "; ", name)
        _header(request, "Cookie", "; ".join([*before, f"{name}={value}"]))
    else:
        _header(request, name, value)


def _others(pairs: str, separator: str, name: str) -> list[str]:
    """Pairs without those of one name: a next page's link has the key already, and so has a second attempt."""
    return [pair for pair in pairs.split(separator) if pair and pair.partition("=")[0] != name]
