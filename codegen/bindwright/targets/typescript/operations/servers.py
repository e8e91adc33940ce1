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
    """The arguments of the runtime's ``atServer``: the address, those of the document and what their variables are by
    default; nothing where the address is the document's.

    Of several servers the first is taken. A relative one is resolved by the client's address.
    """
    if not operation.servers:
        return []
    own = _filled(operation.servers[0])
    usual = {_filled(server): server for server in api.servers if "://" in _filled(server)}
    if list(usual) == [own]:
        return []
    addresses = [_address(server) for server in usual.values()]
    return [_address(operation.servers[0]), *([addresses] if addresses else [])]


def _address(server: ir.Server) -> str | list[Any]:
    """The address; where it has variables, with what they are by default."""
    defaults = {name: default for name, default, _, _ in server.variables if f"{{{name}}}" in server.url}
    return [server.url, defaults] if defaults else _filled(server)


def _filled(server: ir.Server) -> str:
    defaults = {name: default for name, default, _, _ in server.variables}
    filled = _VARIABLE.sub(lambda match: quote(defaults.get(match[1], match[0]), safe=_KEPT), server.url)
    return filled.rstrip("/") or filled
