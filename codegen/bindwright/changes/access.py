"""Where requests go, and with which credentials: servers and security schemes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bindwright.changes.findings import Context, Direction
from bindwright.changes.walk import Walk
from bindwright.ir.model import Api, Operation, SecurityScheme, Server

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_BOTH: tuple[Direction, ...] = ("request", "response")


def compare_servers(walk: Walk) -> None:
    """The servers of both APIs: the first one is the default of packages, others may be asked for."""
    before, after = _addresses(walk.old.servers), _addresses(walk.new.servers)
    contexts = [
        Context(operation.id, way, form)
        for operation in walk.old.operations
        for form in walk.formats
        for way in _BOTH
    ]
    if before[:1] != after[:1]:
        old, new = _first(walk.old.servers), _first(walk.new.servers)
        walk.findings.add("server-path", "servers", contexts, old, new)
    for number, address in enumerate(before):
        if number and address not in after:
            url = walk.old.servers[number].url
            walk.findings.add("server-removed", f"servers {url}", contexts, url)


def compare_operation_servers(walk: Walk, old: Operation, new: Operation, contexts: list[Context]) -> None:
    """The servers that one operation has instead of those of the API."""
    before, after = _addresses(old.servers)[:1], _addresses(new.servers)[:1]
    if before != after:
        urls = _first(old.servers or walk.old.servers), _first(new.servers or walk.new.servers)
        walk.findings.add("server-path", f"{old.id} servers", contexts, *urls, places=(old.place, new.place))


def _addresses(servers: Iterable[Server]) -> list[str]:
    """The addresses with the defaults of their variables; a slash at the end says nothing, for paths begin with one."""
    return [_address(server) for server in servers]


def _address(server: Server) -> str:
    defaults = {name: default for name, default, *_ in server.variables}
    return _VARIABLE.sub(lambda match: defaults.get(match[1], match[0]), server.url).rstrip("/")


def _first(servers: list[Server]) -> str:
    """The address that packages ask at; with its variables where only these tell."""
    if not servers:
        return ""
    defaults = [f"{name}={default}" for name, default, *_ in servers[0].variables]
    return servers[0].url + (f" ({', '.join(defaults)})" if defaults else "")


def compare_credentials(walk: Walk) -> None:
    """What the security schemes that operations name ask for."""
    for name, old in walk.old.security_schemes.items():
        new = walk.new.security_schemes.get(name)
        if new is None:
            continue
        contexts = [
            Context(operation.id, "request", form)
            for operation in walk.old.operations
            if _asks_for(walk.old, operation, name)
            for form in walk.formats
        ]
        element = f"security {name}"
        carried, endpoints = (_carried(old), _carried(new)), (_endpoints(old), _endpoints(new))
        if carried[0] != carried[1]:
            walk.findings.add("credential-changed", element, contexts, *carried, site=element)
        elif endpoints[0] != endpoints[1]:
            walk.findings.add("credential-address", element, contexts, *endpoints)


def _asks_for(api: Api, operation: Operation, name: str) -> bool:
    security = api.security if operation.security is None else operation.security
    return any(name in way for way in security)


def _carried(scheme: SecurityScheme) -> str:
    """How the credential goes with a request. Names of headers have no case (RFC 9110, 5.1), nor have schemes (11.1)."""
    parameter = scheme.parameter or ""
    parts = [
        scheme.scheme or scheme.kind,
        scheme.location or "",
        parameter.lower() if scheme.location == "header" else parameter,
    ]
    text = " ".join(part for part in parts if part)
    bearer = scheme.kind in ("oauth2", "openIdConnect") or text.lower() == "bearer"
    return "bearer" if bearer else text.lower() if scheme.kind == "http" else text


def _endpoints(scheme: SecurityScheme) -> list[str]:
    """Where tokens come from."""
    urls = [
        f"{flow} {key} {value}"
        for flow, facts in scheme.flows.items()
        for key, value in facts.items()
        if isinstance(value, str)
    ]
    return sorted([*urls, *([scheme.url] if scheme.url else [])])
