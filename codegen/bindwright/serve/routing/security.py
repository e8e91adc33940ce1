"""Whether a request carries the credentials that an operation asks for; the mock takes any that are there.

OpenAPI 3.2.0, "Security Requirement Object": one alternative must hold, and in it every scheme.
"""

from __future__ import annotations

from bindwright.ir.model import Api, Operation, SecurityScheme
from bindwright.serve.message import Request
from bindwright.serve.validation import parameter_styles as styles


def missing(api: Api, operation: Operation, request: Request) -> list[SecurityScheme]:
    """The schemes of the alternative that lacks least; empty where one holds or none is asked for."""
    alternatives = operation.security if operation.security is not None else api.security
    lacking = [[s for s in _schemes(api, names) if not _present(s, request)] for names in alternatives]
    return min(lacking, key=len, default=[])


def challenge(schemes: list[SecurityScheme]) -> str:
    """The value of ``WWW-Authenticate`` (RFC 9110, 11.6.1)."""
    names = [scheme.scheme or ("Bearer" if scheme.kind != "apiKey" else "ApiKey") for scheme in schemes]
    return ", ".join(sorted({f'{name.capitalize()} realm="mock"' for name in names}))


def _schemes(api: Api, names: dict[str, list[str]]) -> list[SecurityScheme]:
    return [scheme for name in names if (scheme := api.security_schemes.get(name)) is not None]


def _present(scheme: SecurityScheme, request: Request) -> bool:
    if scheme.kind == "apiKey":
        return _key_present(scheme, request)
    if scheme.kind == "mutualTLS":
        return True  # not visible above the transport
    sent = (request.header("authorization") or "").lower()
    expected = (scheme.scheme or "bearer").lower() if scheme.kind == "http" else "bearer"
    return sent.startswith(expected)


def _key_present(scheme: SecurityScheme, request: Request) -> bool:
    name = scheme.parameter or ""
    if scheme.location == "query":
        return any(key == name for key, _ in styles.pairs(request.query))
    if scheme.location == "cookie":
        return any(key == name for key, _ in styles.pairs(request.header("cookie") or "", ";"))
    return request.header(name) is not None
