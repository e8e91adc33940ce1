"""What a document says about itself: info, servers, tags, security schemes."""

from __future__ import annotations

from typing import Any

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Location, escape
from bindwright.ir.lowering.references import follow
from bindwright.ir.lowering.values import extensions, mapping, prose, sequence, text, text_or_none, true
from bindwright.ir.model import Info, SecurityScheme, Server, Tag


def lower_info(context: Lowering) -> None:
    """Set info, servers, tags, security and extensions of the API."""
    root, api = context.root, context.api
    raw = mapping(root.get("info"))
    api.info = Info(
        title=text(raw.get("title")),
        version=text(raw.get("version")),
        summary=text(raw.get("summary")),
        doc=prose({**raw, "externalDocs": root.get("externalDocs")}),
        contact=mapping(raw.get("contact")),
        license=mapping(raw.get("license")),
        terms=text(raw.get("termsOfService")),
        source_version=text(root.get("openapi") or root.get("swagger")),
    )
    api.servers = (
        swagger_servers(root, root.get("schemes")) if context.swagger else servers(root.get("servers"))
    )
    api.tags = [_tag(value) for value in sequence(root.get("tags")) if isinstance(value, dict)]
    api.extensions = extensions(root)
    context.profile = "datacontract" if root.get("x-xml-profile") == "datacontract" else "openapi"
    schemes = root.get("securityDefinitions") if context.swagger else _components(root).get("securitySchemes")
    head = "/securityDefinitions/" if context.swagger else "/components/securitySchemes/"
    for name, scheme in mapping(schemes).items():
        result = _scheme(context, text(name), scheme, Location("", head + escape(text(name))))
        if result is not None:
            api.security_schemes[result.name] = result
    api.security = requirements(context, root.get("security"), Location("", "/security")) or []


def _components(root: dict[str, Any]) -> dict[str, Any]:
    return mapping(root.get("components"))


def _tag(raw: dict[str, Any]) -> Tag:
    return Tag(
        name=text(raw.get("name")),
        summary=text(raw.get("summary") or raw.get("x-displayName")),
        doc=prose(raw),
        parent=text_or_none(raw.get("parent")),
        kind=text_or_none(raw.get("kind")),
    )


def servers(raw: Any) -> list[Server]:
    """Server Objects (OpenAPI 3.2.0, 4.6)."""
    return [_server(value) for value in sequence(raw) if isinstance(value, dict)]


def _server(raw: dict[str, Any]) -> Server:
    variables = []
    for name, written in mapping(raw.get("variables")).items():
        variable = mapping(written)
        allowed = [text(value) for value in sequence(variable.get("enum"))]
        variables.append(
            (text(name), text(variable.get("default")), allowed, text(variable.get("description")))
        )
    doc = text(raw.get("description") or raw.get("name"))
    return Server(url=text(raw.get("url")), doc=doc, variables=variables)


def swagger_servers(root: dict[str, Any], schemes: Any) -> list[Server]:
    """2.0: ``schemes``, ``host`` and ``basePath`` as servers, one a scheme; https first."""
    host, base = text(root.get("host")), text(root.get("basePath"))
    base = "" if base == "/" else base
    if not host:
        return [Server(url=base)] if base else []
    names = [text(value) for value in sequence(schemes)] or ["https"]
    names.sort(key=lambda name: name != "https")
    return [Server(url=f"{name}://{host}{base}") for name in names]


def requirements(context: Lowering, raw: Any, location: Location) -> list[dict[str, list[str]]] | None:
    """Security Requirement Objects, each of which a request can fulfil; None where nothing is said."""
    if raw is None:
        return None
    if isinstance(raw, dict):
        context.warn("invalid-security", "`security` is not a list", location, "write a list of requirements")
        raw = [raw]
    written = [
        {text(name): [text(scope) for scope in sequence(scopes)] for name, scopes in value.items()}
        for value in sequence(raw)
        if isinstance(value, dict)
    ]
    fulfillable: list[dict[str, list[str]]] = []
    for requirement in written:
        fulfillable += [
            alternative for alternative in _by_token(context, requirement) if alternative not in fulfillable
        ]
    return fulfillable


def _by_token(context: Lowering, requirement: dict[str, list[str]]) -> list[dict[str, list[str]]]:
    """Schemes of tokens that a requirement names together, as alternatives with the scopes of all.

    A request has one header `Authorization` with one token, which fulfils them all (Google's documents name the same
    tokens twice, by the flows that give them).
    """
    schemes = context.api.security_schemes
    tokens = [name for name in requirement if name in schemes and _takes_token(schemes[name])]
    if len(tokens) < 2:
        return [requirement]
    scopes = list(dict.fromkeys(scope for name in tokens for scope in requirement[name]))
    return [
        {
            name: scopes if name == token else own
            for name, own in requirement.items()
            if name == token or name not in tokens
        }
        for token in tokens
    ]


def _takes_token(scheme: SecurityScheme) -> bool:
    return scheme.kind in ("oauth2", "openIdConnect") or scheme.scheme == "bearer"


def _scheme(context: Lowering, name: str, raw: Any, location: Location) -> SecurityScheme | None:
    if isinstance(raw, dict) and "$ref" in raw:
        target = follow(context, raw["$ref"], location)
        raw = target[0] if target else None
    if not isinstance(raw, dict):
        context.degrade("invalid-security-scheme", f"the security scheme `{name}` is not an object", location)
        return None
    scheme_type = text(raw.get("type"))
    scheme = SecurityScheme(
        name=name,
        kind="http" if scheme_type == "basic" else scheme_type,
        doc=text(raw.get("description")),
        parameter=text_or_none(raw.get("name")),
        location=text_or_none(raw.get("in")),
        scheme="basic" if scheme_type == "basic" else _http_scheme(text_or_none(raw.get("scheme"))),
        bearer_format=text_or_none(raw.get("bearerFormat")),
        url=text_or_none(raw.get("openIdConnectUrl")),
        flows=_swagger_flow(raw) if context.swagger else _flows(raw.get("flows")),
    )
    _warn_of_unsupported(context, scheme, location)
    if true(raw.get("deprecated")):
        scheme.doc = (scheme.doc + "\n\nDeprecated.").strip()
    return scheme


_KINDS = frozenset({"apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"})
_CHALLENGED = frozenset({"digest", "negotiate", "ntlm", "mutual"})
"""HTTP schemes that answer a challenge of the server, which the clients do not do."""
_PLAIN = frozenset({"basic", "bearer"})


def _warn_of_unsupported(context: Lowering, scheme: SecurityScheme, location: Location) -> None:
    name = (scheme.scheme or "").lower()
    if scheme.kind in _KINDS and not (scheme.kind == "http" and (not name or name in _CHALLENGED)):
        if scheme.kind == "http" and name not in _PLAIN:
            context.warn(
                "unknown-http-scheme",
                f"clients send the credential for `{scheme.name}` as it is given: nothing is known of the HTTP"
                f" scheme `{name[:60]}`",
                location,
                "`sign` of a client may compute what the scheme needs",
            )
        return
    what = f"http {name}".strip() if scheme.kind == "http" else scheme.kind
    context.warn(
        "unsupported-security-scheme",
        f"clients send no credentials for the security scheme `{scheme.name}` ({what[:60]})",
        location,
        "`sign` of a client may add what the scheme needs",
    )


def _http_scheme(value: str | None) -> str | None:
    """Registered names in lower case, others as written: case is free (RFC 9110, 11.1), servers may differ."""
    context = value.lower() if value else None
    return context if context in ("basic", "bearer", "digest") else value


def _flows(raw: Any) -> dict[str, dict[str, Any]]:
    return {text(name): mapping(flow) for name, flow in mapping(raw).items()}


_FLOWS = {"application": "clientCredentials", "accessCode": "authorizationCode"}


def _swagger_flow(raw: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """2.0: one flow on the scheme itself."""
    flow = text(raw.get("flow"))
    if not flow:
        return {}
    kept: dict[str, Any] = {key: raw[key] for key in ("authorizationUrl", "tokenUrl", "scopes") if key in raw}
    return {_FLOWS.get(flow, flow): kept}
