"""HTTP methods: the fields of a Path Item Object and what RFC 9110, 9.2 says of them."""

from __future__ import annotations

FIELDS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
"""The fixed fields of a Path Item Object that hold operations, in its order (OpenAPI 3.2.0, 4.9.1)."""

REGISTERED = frozenset({*(field.upper() for field in FIELDS), "CONNECT"})
"""The methods of RFC 9110, 9.3, RFC 5789 (PATCH) and of QUERY."""

IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "QUERY"})
"""Methods that may be repeated without another effect (RFC 9110, 9.2.2)."""
