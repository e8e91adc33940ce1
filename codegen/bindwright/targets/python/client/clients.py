"""``client.py``: `Client` and `AsyncClient`, one property a tag."""

from __future__ import annotations

from bindwright.ir import model as ir
from bindwright.ir.walks import operations_of
from bindwright.standards.runtime_level import LEVEL
from bindwright.targets.prose import clean, hung, sentence
from bindwright.targets.python.client.methods import parameter_line
from bindwright.targets.python.client.operations import Operations, requirements, server
from bindwright.targets.python.naming.plan import NamePlan
from bindwright.targets.python.syntax.code import WIDTH, Code, columns, docstring, string
from bindwright.targets.python.syntax.layout import Expr, assign, call, dict_, keyword, lay, tuple_
from bindwright.targets.python.syntax.module import Imports, Module


def _webhooks(api: ir.Api) -> dict[str, ir.Body]:
    """The bodies of webhooks and callbacks, by the names that the document gives them."""
    every = [(webhook.path, webhook) for webhook in api.webhooks]
    for operation in operations_of(api):
        every += [(str(callback.callback or callback.path), callback) for callback in operation.callbacks]
    bodies: dict[str, ir.Body] = {}
    for name, called in every:
        if called.body is not None and called.body.contents:
            bodies.setdefault(name, called.body)
    return bodies


def door_of_webhooks(api: ir.Api, plan: NamePlan) -> str | None:
    """The property of clients through which webhooks come; a tag of that name keeps it. None without webhooks."""
    if not _webhooks(api):
        return None
    taken = {name for group in plan.groups for name in (group.attribute, *group.aliases)}
    return "webhooks" if "webhooks" not in taken else "webhook_events"


class Clients:
    """Writes the module of the clients."""

    def __init__(
        self, api: ir.Api, plan: NamePlan, package: str, generator: str, operations: Operations
    ) -> None:
        self.api, self.plan, self.package, self.generator = api, plan, package, generator
        self.operations = operations
        self.webhooks = _webhooks(api)
        self.tags = {tag.name: tag for tag in api.tags}

    def module(self) -> Code:
        """The whole module."""
        module = Module(f"Clients for {clean(self.api.info.title) or self.package}, sync and async.")
        module.add(assign(Code("_API"), self._spec(module)))
        module.add(self._class("Client", module.import_("SyncClient"), "", module))
        base = module.import_("AsyncClient", alias="BaseAsyncClient")
        module.add(self._class("AsyncClient", base, "Async", module))
        return module.render()

    def _spec(self, imports: Imports) -> Expr:
        arguments: list[Expr] = [
            Code('package=__name__.rpartition(".")[0]'),  # wherever the package was moved to
            Code(f"generator={string(self.generator)}"),
            Code(f"level={LEVEL}"),
        ]
        if title := clean(self.api.info.title):
            arguments.append(Code(f"title={string(title)}"))
        if self.api.info.version:
            arguments.append(Code(f"version={string(self.api.info.version)}"))
        if self.api.servers:
            arguments.append(
                keyword(Code("servers"), tuple_(server(address, imports) for address in self.api.servers))
            )
        if self.api.security_schemes:
            schemes = [self._scheme(scheme, imports) for scheme in self.api.security_schemes.values()]
            arguments.append(keyword(Code("schemes"), tuple_(schemes)))
        if self.api.security:
            arguments.append(keyword(Code("security"), requirements(self.api.security)))
        if self.webhooks:
            webhooks = [self._webhook(name, body, imports) for name, body in self.webhooks.items()]
            arguments.append(keyword(Code("webhooks"), tuple_(webhooks)))
        if groups := self.plan.groups:
            pairs = [(string(group.attribute), string(f"{group.module}:{group.cls}")) for group in groups]
            arguments.append(keyword(Code("resources"), dict_(pairs)))
        return call(imports.import_("ApiSpec"), *arguments)

    def _webhook(self, name: str, body: ir.Body, imports: Imports) -> Expr:
        contents = tuple_(self.operations.content(content, imports) for content in body.contents)
        return call(imports.import_("Webhook"), Code(f"name={string(name)}"), keyword(Code("body"), contents))

    def _scheme(self, scheme: ir.SecurityScheme, imports: Imports) -> Expr:
        arguments: list[Expr] = [Code(f"name={string(scheme.name)}"), Code(f"kind={string(scheme.kind)}")]
        for fact in ("parameter", "location", "scheme", "bearer_format", "url"):
            if (text := getattr(scheme, fact)) is not None:
                arguments.append(Code(f"{fact}={string(text)}"))
        if scheme.flows:
            flows = [
                (string(name), _flow(flow)) for name, flow in scheme.flows.items() if isinstance(flow, dict)
            ]
            arguments.append(keyword(Code("flows"), dict_(flows)))
        return call(imports.import_("SecurityScheme"), *arguments)

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
            module.import_(cls, f".api.{group.module}", type_checking=True)
            head = f"    def {group.attribute}(self) -> {cls}:"
            if columns(head) > WIDTH:
                head = f"    def {group.attribute}(\n        self,\n    ) -> {cls}:"
            lines += ["", f"    @{module.import_('cached_property')}", head]
            tag = self.tags.get(group.tag)
            if doc := sentence(tag.summary, tag.doc) if tag else "":
                lines.append(docstring(doc, 8))
            line = f"        from .api.{group.module} import {cls}"
            if len(line) > WIDTH:
                line = f"        from .api.{group.module} import (\n            {cls},\n        )"
            lines += [line, "", f"        return {cls}(self)"]
            for alias in group.aliases:
                note = call(module.import_("deprecated"), string(f"Renamed: use `{group.attribute}`."))
                lines += ["", "    @property", f"    @{lay(note, 4, 5)}"]
                lines += [f"    def {alias}(self) -> {cls}:", f"        return self.{group.attribute}"]
        lines += self._door_of_webhooks(module)
        return Code("\n".join(lines))

    def _door_of_webhooks(self, module: Module) -> list[str]:
        """The property that verifies and types webhooks."""
        name = door_of_webhooks(self.api, self.plan)
        if name is None:
            return []
        class_ = module.import_("Webhooks")
        return [
            "",
            f"    @{module.import_('cached_property')}",
            f"    def {name}(self) -> {class_}:",
            docstring("Requests that the server sends: ``unwrap`` verifies and types them.", 8),
            f"        return {class_}(_API, self)",
        ]

    def _init(self, module: Module) -> Code:
        parts = ["self", "base_url: str | None = None"]
        schemes = list(self.plan.schemes.items())
        if schemes:
            parts.append("*")
        for key, name in schemes:
            text = credential_annotation(self.api.security_schemes[key])
            for class_ in _CREDENTIAL_CLASSES:
                if class_ in text:
                    module.import_(class_, type_checking=True)
            parts.append(f"{name}: {text} | None = None")
        parts.append(f"**options: {module.import_('Unpack')}[{module.import_('ClientOptions')}]")
        flat = f"    def __init__({', '.join(parts)}) -> None:"
        if len(flat) > WIDTH:
            flat = "\n".join(["    def __init__(", *map(parameter_line, parts), "    ) -> None:"])
        lines = [flat, *self._init_doc()]
        arguments: list[Expr] = [Code("base_url")]
        if schemes:
            arguments.append(
                keyword(Code("credentials"), dict_((string(key), Code(name)) for key, name in schemes))
            )
        super_call = call(Code("super().__init__"), *arguments, Code("**options"))
        lines.append(f"        {lay(super_call, 8, 8)}")
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
    for key, entry in flow.items():
        if isinstance(entry, str):
            pairs.append((string(key), string(entry)))
        elif isinstance(entry, dict):
            pairs.append(
                (
                    string(key),
                    dict_((string(str(name)), string(clean(str(doc)))) for name, doc in entry.items()),
                )
            )
    return dict_(pairs)


_TOKENS = "str | Callable[[], str] | Bearer"
_GRANTS = "ClientCredentials | RefreshToken | PasswordCredentials | AuthorizationCode"
_CREDENTIALS = {
    "apiKey": "str | Callable[[], str] | ApiKey",
    "oauth2": f"{_TOKENS} | {_GRANTS}",
    "openIdConnect": f"{_TOKENS} | {_GRANTS}",
    "mutualTLS": "MutualTls",
    "basic": "tuple[str, str] | Basic",
}
_CREDENTIAL_CLASSES = (
    "Callable",
    "ApiKey",
    "AuthorizationCode",
    "Basic",
    "Bearer",
    "ClientCredentials",
    "MutualTls",
    "PasswordCredentials",
    "RefreshToken",
)


def credential_annotation(scheme: ir.SecurityScheme) -> str:
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
