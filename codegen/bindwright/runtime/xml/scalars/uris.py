"""URIs as .NET's ``System.Uri`` writes them: canonical and percent-encoded (the profile's rules, 7.6)."""

from __future__ import annotations

import re
from urllib.parse import quote

_PORTS = {"http": "80", "https": "443", "ftp": "21", "ws": "80", "wss": "443"}
_match = re.compile(
    r"([A-Za-z][A-Za-z0-9+.-]*):(?://([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?", re.DOTALL
).fullmatch
_SAFE = "%/?#:@!$&'()*+,;=[]-._~"


def canonical(text: str) -> str:
    """Scheme and host in lower case, the default port dropped, an empty path ``/``, the rest escaped.

    A reference that has no scheme is escaped only.
    """
    match = _match(text)
    if match is None:
        return quote(text, safe=_SAFE)
    scheme, authority, path, query, fragment = match.groups()
    scheme = scheme.lower()
    rest = quote((query or "") + (fragment or ""), safe=_SAFE)
    if authority is None:
        return f"{scheme}:{quote(path, safe=_SAFE)}{rest}"
    user, separator, host = authority.rpartition("@")
    host = host.lower().removesuffix(":" + _PORTS.get(scheme, "-"))
    return f"{scheme}://{user}{separator}{host}{quote(path or '/', safe=_SAFE)}{rest}"
