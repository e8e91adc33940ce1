"""``client.py``: `Client` and `AsyncClient`, one property a tag."""

from __future__ import annotations

from bindwright.ir import model as ir
from bindwright.targets.python.client.methods import parameter_line
from bindwright.targets.python.client.operations import requirements, server
from bindwright.targets.python.naming.plan import Plan
from bindwright.targets.python.syntax.code import WIDTH, Code, docstring, string
from bindwright.targets.python.syntax.docstrings import clean, hung, sentence
from bindwright.targets.python.syntax.layout import Expr, assign, call, dict_, keyword, lay, tuple_
from bindwright.targets.python.syntax.module import Module

HTTP = "bindwright.runtime.http"


class Clients:
    """Writes the module of the clients."""

    def __init__(self, api: ir.Api, plan: Plan, package: str, generator: str) -> None:
        self.api, self.plan, self.package, self.generator = api, plan, package, generator
        self.tags = {one.name: one for one in api.tags}

    def module(self) -> Code:
        """The whole module."""
        module = Module(f"Clients for {clean(self.api.info.title) or self.package}, sync and async.")
        needs: set[str] = set()
        spec = self._spec(needs)
        module.add(assign(Code("_API"), spec))
        module.add(self._class("Client", "SyncClient", "", module))
        module.add(self._class("AsyncClient", "BaseAsyncClient", "Async", module))
        module.aliases["AsyncClient"] = "BaseAsyncClient"
        module.names.add("Unpack")
        module.more[HTTP] = needs | {"SyncClient", "AsyncClient", "ClientOptions"}
        if self.plan.groups:
            module.more["functools"] = {"cached_property"}
        for group in self.plan.groups:
            module.typed.setdefault(f".api.{group.module}", set()).update({group.cls, f"Async{group.cls}"})
        return module.render()

    def _spec(self, needs: set[str]) -> Expr:
        needs.add("ApiSpec")
        found: list[Expr] = [
            Code(f"package={string(self.package)}"),
            Code(f"generator={string(self.generator)}"),
        ]
        if title := clean(self.api.info.title):
            found.append(Code(f"title={string(title)}"))
        if self.api.info.version:
            found.append(Code(f"version={string(self.api.info.version)}"))
        if self.api.servers:
            found.append(keyword(Code("servers"), tuple_(server(one, needs) for one in self.api.servers)))
        if self.api.security_schemes:
            schemes = [self._scheme(one, needs) for one in self.api.security_schemes.values()]
            found.append(keyword(Code("schemes"), tuple_(schemes)))
        if self.api.security:
            found.append(keyword(Code("security"), requirements(self.api.security)))
        if groups := self.plan.groups:
            pairs = [(string(one.attribute), string(f"{one.module}:{one.cls}")) for one in groups]
            found.append(keyword(Code("resources"), dict_(pairs)))
        return call(Code("ApiSpec"), *found)

    def _scheme(self, one: ir.SecurityScheme, needs: set[str]) -> Expr:
        needs.add("SecurityScheme")
        found: list[Expr] = [Code(f"name={string(one.name)}"), Code(f"kind={string(one.kind)}")]
        for fact in ("parameter", "location", "scheme", "bearer_format", "url"):
            if (text := getattr(one, fact)) is not None:
                found.append(Code(f"{fact}={string(text)}"))
        if one.flows:
            flows = [
                (string(name), _flow(flow)) for name, flow in one.flows.items() if isinstance(flow, dict)
            ]
            found.append(keyword(Code("flows"), dict_(flows)))
        return call(Code("SecurityScheme"), *found)

    def _class(self, name: str, base: str, prefix: str, module: Module) -> Code:
        info = self.api.info
        lines = [f"class {name}({base}):"]
        lines += [
            docstring(sentence(info.title, info.summary, info.doc) or f"{name} of {self.package}.", 4),
            "",
        ]
        lines += ["    _api = _API", "", self._init(module)]
        for group in self.plan.groups:
            cls = prefix + group.cls
            lines += ["", "    @cached_property", f"    def {group.attribute}(self) -> {cls}:"]
            tag = self.tags.get(group.tag)
            if doc := sentence(tag.summary, tag.doc) if tag else "":
                lines.append(docstring(doc, 8))
            line = f"        from .api.{group.module} import {cls}"
            if len(line) > WIDTH:
                line = f"        from .api.{group.module} import (\n            {cls},\n        )"
            lines += [line, "", f"        return {cls}(self)"]
        return Code("\n".join(lines))

    def _init(self, module: Module) -> Code:
        parts = ["self", "base_url: str | None = None"]
        schemes = list(self.plan.schemes.items())
        if schemes:
            parts.append("*")
        for key, name in schemes:
            text = _credential(self.api.security_schemes[key])
            if "Callable" in text:
                module.typed_more.setdefault("collections.abc", set()).add("Callable")
            if names := {one for one in _CLASSES if one in text}:
                module.typed_more.setdefault(HTTP, set()).update(names)
            parts.append(f"{name}: {text} | None = None")
        parts.append("**options: Unpack[ClientOptions]")
        flat = f"    def __init__({', '.join(parts)}) -> None:"
        if len(flat) > WIDTH:
            flat = "\n".join(["    def __init__(", *map(parameter_line, parts), "    ) -> None:"])
        lines = [flat, *self._init_doc()]
        arguments: list[Expr] = [Code("base_url")]
        if schemes:
            arguments.append(
                keyword(Code("credentials"), dict_((string(key), Code(name)) for key, name in schemes))
            )
        made = call(Code("super().__init__"), *arguments, Code("**options"))
        lines.append(f"        {lay(made, 8, 8)}")
        return Code("\n".join(lines))

    def _init_doc(self) -> list[str]:
        first = clean(self.api.servers[0].url) if self.api.servers else ""
        where = f"Where the API is; otherwise ``{first}``." if first else "Where the API is."
        lines = ["Make a client.", "", "Args:", f"    base_url: {where}"]
        for key, name in self.plan.schemes.items():
            scheme = self.api.security_schemes[key]
            lines.append(f"    {name}: {hung(clean(scheme.doc) or _what(scheme), 8)}")
        return [docstring("\n".join(lines), 8)]


def _flow(flow: dict[str, ir.Json]) -> Expr:
    """Addresses and scopes of one OAuth2 flow."""
    pairs: list[tuple[Code, Expr]] = []
    for key, one in flow.items():
        if isinstance(one, str):
            pairs.append((string(key), string(one)))
        elif isinstance(one, dict):
            pairs.append(
                (
                    string(key),
                    dict_((string(str(name)), string(clean(str(doc)))) for name, doc in one.items()),
                )
            )
    return dict_(pairs)


_TOKENS = "str | Callable[[], str] | Bearer"
_CREDENTIALS = {
    "apiKey": "str | Callable[[], str] | ApiKey",
    "oauth2": f"{_TOKENS} | ClientCredentials | RefreshToken",
    "openIdConnect": _TOKENS,
    "mutualTLS": "MutualTls",
    "basic": "tuple[str, str] | Basic",
}
_CLASSES = ("ApiKey", "Basic", "Bearer", "ClientCredentials", "MutualTls", "RefreshToken")


def _credential(scheme: ir.SecurityScheme) -> str:
    """The annotation of a scheme's argument."""
    basic = scheme.kind == "http" and (scheme.scheme or "").lower() == "basic"
    return _CREDENTIALS.get("basic" if basic else scheme.kind, _TOKENS)


def _what(scheme: ir.SecurityScheme) -> str:
    """A scheme in words, where the document has none."""
    if scheme.kind == "apiKey":
        return f"The API key, sent in the {scheme.location} ``{scheme.parameter}``."
    if scheme.kind == "http":
        return (
            "User name and password."
            if (scheme.scheme or "").lower() == "basic"
            else "The token of the Authorization header."
        )
    return {"oauth2": "The OAuth 2 access token.", "openIdConnect": "The OpenID Connect token."}.get(
        scheme.kind, scheme.name
    )
