"""Servers of operations: where an operation is that is not where the API is."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from bindwright.ir import model as ir

_VARIABLE = re.compile(r"\{([^{}]+)\}")
_KEPT = "/:?#[]@!$&'()*+,;=~%"
"""Reserved characters (RFC 3986, 2.2), and what is encoded already."""


def own_server(api: ir.Api, operation: ir.Operation) -> list[Any]:
    """The arguments of the runtime's ``atServer``: the address and those of the document; nothing where it is the same.

    Of several servers the first is taken, and of their variables the defaults, as the Python client does where its caller
    says nothing. A relative one is resolved by the client's address.
    """
    if not operation.servers:
        return []
    own = _address(operation.servers[0])
    usual = list(dict.fromkeys(address for server in api.servers if "://" in (address := _address(server))))
    return [] if usual == [own] else [own, *([usual] if usual else [])]


def _address(server: ir.Server) -> str:
    defaults = {name: default for name, default, _, _ in server.variables}
    filled = _VARIABLE.sub(lambda match: quote(defaults.get(match[1], match[0]), safe=_KEPT), server.url)
    return filled.rstrip("/") or filled
