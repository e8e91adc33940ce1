"""Which credentials a request carries, and where (OpenAPI 3.2.0, "Security Requirement Object")."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from bindwright.runtime.http.config.credentials import Basic, MutualTls, TokenSource
from bindwright.runtime.http.model.errors import InvalidRequest
from bindwright.runtime.http.model.message import Request
from bindwright.runtime.http.model.operation import SecurityScheme
from bindwright.runtime.http.request.percent_encoding import check_header, encode

Requirements = tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]
Chosen = tuple[tuple[SecurityScheme, Any], ...]


def choose(
    requirements: Requirements, schemes: tuple[SecurityScheme, ...], credentials: Mapping[str, Any]
) -> Chosen:
    """The first alternative for which there are all credentials; none where there is no such one.

    A request without credentials is sent, too: the server may know its caller otherwise, and it is the
    one to say no.
    """
    if not credentials:
        return ()
    by_name = {scheme.name: scheme for scheme in schemes}
    for alternative in requirements:
        if alternative and all(name in credentials and name in by_name for name, _ in alternative):
            return tuple((by_name[name], credentials[name]) for name, _ in alternative)
    return ()


def apply(request: Request, chosen: Chosen, tokens: Mapping[str, str]) -> None:
    """Put credentials into a request; ``tokens`` has what `TokenSource` gave, by scheme.

    Raises:
        InvalidRequest: a credential that cannot be sent. Its value is not in the message.
    """
    for scheme, credential in chosen:
        if isinstance(credential, MutualTls) or scheme.kind == "mutualTLS":
            continue
        value = tokens.get(scheme.name)
        if value is None:
            value = _value(scheme, credential)
        if scheme.kind == "apiKey":
            _api_key(request, scheme, value)
        else:
            _header(request, "Authorization", f"{_auth_scheme(scheme, credential)} {value}")


def _value(scheme: SecurityScheme, credential: Any) -> str:
    if isinstance(credential, tuple):
        credential = Basic(*credential)
    if callable(credential):
        credential = credential()
    if isinstance(credential, str):
        if (scheme.scheme or "").lower() == "basic" and ":" in credential:
            return base64.b64encode(credential.encode()).decode()
        return credential
    if isinstance(credential, TokenSource) or not hasattr(credential, "value"):
        raise InvalidRequest(
            f"credentials for {scheme.name!r}: {type(credential).__name__} cannot be used here"
        )
    text: str = credential.value()
    return text


def _auth_scheme(scheme: SecurityScheme, credential: Any) -> str:
    if isinstance(credential, (Basic, tuple)):
        return "Basic"
    if scheme.kind == "http" and scheme.scheme:
        name = scheme.scheme
        return name[:1].upper() + name[1:] if name.islower() else name
    return "Bearer"


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
