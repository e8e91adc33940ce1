"""What a document says about itself: info, servers, tags, security schemes."""

from __future__ import annotations

from typing import Any

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Location, escape
from bindwright.ir.lowering.references import follow
from bindwright.ir.lowering.values import extensions, mapping, sequence, text, text_or_none, true
from bindwright.ir.model import Info, SecurityScheme, Server, Tag


def lower_info(context: Lowering) -> None:
    """Set info, servers, tags, security and extensions of the API."""
    root, api = context.root, context.api
    given = mapping(root.get("info"))
    api.info = Info(
        title=text(given.get("title")),
        version=text(given.get("version")),
        summary=text(given.get("summary")),
        doc=text(given.get("description")),
        contact=mapping(given.get("contact")),
        license=mapping(given.get("license")),
        terms=text(given.get("termsOfService")),
        source_version=text(root.get("openapi") or root.get("swagger")),
    )
    api.servers = (
        swagger_servers(root, root.get("schemes")) if context.swagger else servers(root.get("servers"))
    )
    api.tags = [_tag(one) for one in sequence(root.get("tags")) if isinstance(one, dict)]
    api.security = requirements(context, root.get("security"), Location("", "/security")) or []
    api.extensions = extensions(root)
    context.profile = "datacontract" if root.get("x-xml-profile") == "datacontract" else "openapi"
    schemes = root.get("securityDefinitions") if context.swagger else _components(root).get("securitySchemes")
    head = "/securityDefinitions/" if context.swagger else "/components/securitySchemes/"
    for name, scheme in mapping(schemes).items():
        made = _scheme(context, text(name), scheme, Location("", head + escape(text(name))))
        if made is not None:
            api.security_schemes[made.name] = made


def _components(root: dict[str, Any]) -> dict[str, Any]:
    return mapping(root.get("components"))


def _tag(given: dict[str, Any]) -> Tag:
    return Tag(
        name=text(given.get("name")),
        summary=text(given.get("summary") or given.get("x-displayName")),
        doc=text(given.get("description")),
        parent=text_or_none(given.get("parent")),
        kind=text_or_none(given.get("kind")),
    )


def servers(given: Any) -> list[Server]:
    """Server Objects (OpenAPI 3.2.0, 4.6)."""
    return [_server(one) for one in sequence(given) if isinstance(one, dict)]


def _server(given: dict[str, Any]) -> Server:
    variables = []
    for name, one in mapping(given.get("variables")).items():
        variable = mapping(one)
        allowed = [text(value) for value in sequence(variable.get("enum"))]
        variables.append(
            (text(name), text(variable.get("default")), allowed, text(variable.get("description")))
        )
    doc = text(given.get("description") or given.get("name"))
    return Server(url=text(given.get("url")), doc=doc, variables=variables)


def swagger_servers(root: dict[str, Any], schemes: Any) -> list[Server]:
    """2.0: ``schemes``, ``host`` and ``basePath`` as servers, one a scheme; https first."""
    host, base = text(root.get("host")), text(root.get("basePath"))
    base = "" if base == "/" else base
    if not host:
        return [Server(url=base)] if base else []
    names = [text(one) for one in sequence(schemes)] or ["https"]
    names.sort(key=lambda one: one != "https")
    return [Server(url=f"{name}://{host}{base}") for name in names]


def requirements(context: Lowering, given: Any, location: Location) -> list[dict[str, list[str]]] | None:
    """Security Requirement Objects; None where nothing is said."""
    if given is None:
        return None
    if isinstance(given, dict):
        context.warn("invalid-security", "`security` is not a list", location, "write a list of requirements")
        given = [given]
    return [
        {text(name): [text(scope) for scope in sequence(scopes)] for name, scopes in one.items()}
        for one in sequence(given)
        if isinstance(one, dict)
    ]


def _scheme(context: Lowering, name: str, given: Any, location: Location) -> SecurityScheme | None:
    if isinstance(given, dict) and "$ref" in given:
        found = follow(context, given["$ref"], location)
        given = found[0] if found else None
    if not isinstance(given, dict):
        context.degrade("invalid-security-scheme", f"the security scheme `{name}` is not an object", location)
        return None
    kind = text(given.get("type"))
    scheme = SecurityScheme(
        name=name,
        kind="http" if kind == "basic" else kind,
        doc=text(given.get("description")),
        parameter=text_or_none(given.get("name")),
        location=text_or_none(given.get("in")),
        scheme="basic" if kind == "basic" else _http_scheme(text_or_none(given.get("scheme"))),
        bearer_format=text_or_none(given.get("bearerFormat")),
        url=text_or_none(given.get("openIdConnectUrl")),
        flows=_swagger_flow(given) if context.swagger else mapping(given.get("flows")),
    )
    if true(given.get("deprecated")):
        scheme.doc = (scheme.doc + "\n\nDeprecated.").strip()
    return scheme


def _http_scheme(value: str | None) -> str | None:
    """Registered names in lower case, others as written: case is free (RFC 9110, 11.1), servers may differ."""
    low = value.lower() if value else None
    return low if low in ("basic", "bearer", "digest") else value


_FLOWS = {"application": "clientCredentials", "accessCode": "authorizationCode"}


def _swagger_flow(given: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """2.0: one flow on the scheme itself."""
    flow = text(given.get("flow"))
    if not flow:
        return {}
    kept: dict[str, Any] = {
        key: given[key] for key in ("authorizationUrl", "tokenUrl", "scopes") if key in given
    }
    return {_FLOWS.get(flow, flow): kept}
