"""What makes the modules a package: index modules, the client, package.json, README.md, the runtime."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import Any

from bindwright.ir import model as ir
from bindwright.standards.markdown import plain_text
from bindwright.targets.naming.groups import spelled
from bindwright.targets.prose import sentence
from bindwright.targets.typescript.models.model_modules import Models
from bindwright.targets.typescript.naming.plan import Group, NamePlan
from bindwright.targets.typescript.options import TypeScriptOptions
from bindwright.targets.typescript.syntax.layout import call, value
from bindwright.targets.typescript.syntax.module import CONSTANT, Module
from bindwright.targets.typescript.syntax.text import comment, line

_VERSION = re.compile(r"v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(-[0-9A-Za-z.-]+)?")
_EXPORTED = re.compile(r"export\s+(?:type\s+)?\{([^}]*)\}|export\s+(?:declare\s+)?(?:async\s+)?(?:abstract\s+)?(?:const|function\*?|class|interface|type|let)\s+(\w+)")  # fmt: skip

_STAR = re.compile(r"export \* from '(\.[^']*)\.js'")

PLACED = frozenset({"anyMap", "children", "choice", "entries", "inlined", "node", "nodes", "parts", "shared"})
"""What the runtime's `plainXmlAnswers` does not read, or not by the members' names alone."""
_PLAIN = "export { plainXmlAnswers as xmlAnswers } from './runtime/index.js';\n"


def modules(api: ir.Api, models: Models, is_plain: bool) -> Iterator[Module]:
    """The modules that are made of others.

    Args:
        is_plain: whether no type needs more of a reader of XML than `plainXmlAnswers` has.
    """
    plan, is_source = models.plan, models.as_source
    operations = sorted(call_.module for call_ in plan.operations.values())
    for folder, names in (("models", sorted(models.homes)), ("operations", operations)):
        module = Module(f"{folder}/index", is_source=is_source)
        module.exports(_star(f"./{name}.js" for name in names))
        yield module
    for older, name in plan.older_modules.items():
        module = Module(f"models/{older}", is_source=is_source)
        module.exports(_star([f"./{name}.js"]))
        yield module
    yield _index(models, is_plain)
    if plan.groups:
        yield _client(api, plan, is_source)
    if api.security_schemes:
        yield _schemes(api, is_source)
    values = models.objects.discriminators.module(is_source=is_source)
    if values is not None:
        yield values


def _star(paths: Iterable[str]) -> str:
    return "".join(f"export * from '{path}';\n" for path in paths)


def _index(models: Models, is_plain: bool) -> Module:
    """Everything; what the runtime calls as the API calls something of its own has `_` behind.

    Where `is_plain`, the smaller reader of XML has the name of the larger, which nothing would make use of.
    """
    module = Module("index", is_source=models.as_source)
    text = _star(["./models/index.js", "./operations/index.js"])
    exported = runtime_exports()
    names = index_names(models)
    if all(name == own for name, own in names.items()):
        module.exports((_PLAIN if is_plain else "") + text + _star(["./runtime/index.js"]))
    else:
        values = {name for name, is_type in exported.items() if not is_type}
        homes = {name: "plainXmlAnswers" if is_plain and name == "xmlAnswers" else name for name in names}
        parts = {name: homes[name] if homes[name] == own else f"{homes[name]} as {own}" for name, own in names.items()}  # fmt: skip
        types = [parts[name] for name in exported.keys() - values]
        code = text + _listed("export", [parts[name] for name in values])
        module.exports(code, _listed("export type", types))
    return module


def _listed(head: str, parts: list[str]) -> str:
    lines = "".join(f"  {part},\n" for part in sorted(parts))
    return f"{head} {{\n{lines}}} from './runtime/index.js';\n" if parts else ""


def index_names(models: Models) -> dict[str, str]:
    """The names that the runtime's exports have in the package's index, by their own."""
    exported = runtime_exports()
    public = {name for module in models.homes for name in models.exports(module)}
    for operation in models.plan.operations.values():
        public |= {operation.function, operation.headers, *operation.aliases}
    names: dict[str, str] = {}
    for name in exported:
        own = name
        while own in public or (own != name and own in exported):
            own += "_"
        names[name] = own
    return names


def _client(api: ir.Api, plan: NamePlan, is_source: bool) -> Module:
    """The operations by tag, bound to a client."""
    module = Module("client", [group.type for group in plan.groups], is_source=is_source)
    bound, client, bind = module.runtime_type("Bound"), module.runtime_type("Client"), module.runtime("bind")
    docs = {tag.name: sentence(tag.summary, tag.doc) for tag in api.tags}
    entries: list[str] = []
    for group in plan.groups:
        names = [plan.operations[operation.id] for operation in group.operations]
        local: dict[str, str] = {}
        members = calls = ""
        for operation in names:
            function, home = operation.function, f"operations/{operation.module}"
            local[function] = module.imported(home, function)
            type_ = module.imported(home, function, is_type=True)
            members += f"  readonly {function}: {bound}<typeof {type_}>;\n"
            calls += f"      {function}: {bind}(client, {local[function]}),\n"
        for alias, function in ((alias, name.function) for name in names for alias in name.aliases):
            members += f"  /** @deprecated Renamed: use `{function}`. */\n  readonly {alias}: {bound}<typeof {local[function]}>;\n"  # fmt: skip
            calls += f"      {alias}: {bind}(client, {local[function]}),\n"
        head = comment([sentence(docs.get(group.tag) or spelled(group.tag))])
        module.declare(f"{head}export interface {group.type} {{\n{members}}}\n")
        entries += [f"    {name}: {{\n{calls}    }},\n" for name in (group.attribute, *group.aliases)]
    members = "".join(_property(group) for group in plan.groups)
    module.declare(f"/** All operations, by tag. */\nexport interface BoundApi {{\n{members}}}\n")
    head = f"/** The operations bound to a client: `bindAll(client).{plan.groups[0].attribute}`. */\n"
    body = f"{{\n  return {{\n{''.join(entries)}  }};\n}}"
    module.function(head, "bindAll", {"client": client}, "BoundApi", body)
    return module


def _property(group: Group) -> str:
    """A group of operations under its name, and under those that it had."""
    older = [f"  /** @deprecated Renamed: use `{group.attribute}`. */\n  readonly {alias}: {group.type};\n" for alias in group.aliases]  # fmt: skip
    return f"  readonly {group.attribute}: {group.type};\n{''.join(older)}"


def _schemes(api: ir.Api, is_source: bool) -> Module:
    """How callers say who they are."""
    module = Module("schemes", ["schemes"], is_source=is_source)
    schemes: dict[str, Any] = {}
    for name, scheme in api.security_schemes.items():
        if scheme.kind == "apiKey":
            code = call(module.runtime("apiKey"), [scheme.location or "header", scheme.parameter or name])
        elif scheme.kind == "http" and (scheme.scheme or "").lower() == "basic":
            code = call(module.runtime("basic"), [{}])
        elif scheme.kind == "mutualTLS":
            code = call(module.runtime("mutualTls"), [{}])
        else:
            code = call(module.runtime("bearer"), [{}])
        schemes[name] = code
    type_ = f"{{ readonly [name: string]: {module.runtime_type('Scheme')} }}"
    module.constant("schemes", type_, value(schemes, 0, CONSTANT))
    return module


def texts(api: ir.Api, models: Models, options: TypeScriptOptions) -> dict[str, str]:
    """Files that are no modules."""
    return {
        "package.json": json.dumps(_package(api, options), indent=2, ensure_ascii=False) + "\n",
        "README.md": _readme(api, models, options),
        "tsconfig.json": json.dumps(_TSCONFIG, indent=2) + "\n",
    }


_TSCONFIG = {
    "compilerOptions": {
        "target": "es2022", "module": "nodenext", "lib": ["es2022", "dom", "dom.iterable", "dom.asynciterable"], "types": [],
        "noEmit": True, "strict": True, "exactOptionalPropertyTypes": True, "noUncheckedIndexedAccess": True,
        "noPropertyAccessFromIndexSignature": True, "verbatimModuleSyntax": True,
    },
    "include": ["**/*.d.ts"],
}  # fmt: skip
"""What the package is held to, for those who look into it with an editor."""


def version_of(api: ir.Api, options: TypeScriptOptions) -> str:
    """As configured, else the document's where it is a semantic version or nearly one, else 0.0.0."""
    match = _VERSION.fullmatch(options.version or api.info.version.strip())
    return f"{int(match[1])}.{int(match[2] or 0)}.{int(match[3] or 0)}{match[4] or ''}" if match else "0.0.0"


def _package(api: ir.Api, options: TypeScriptOptions) -> dict[str, Any]:
    def entry(path: str) -> dict[str, str]:
        return {"types": f"./{path}.d.ts", "default": f"./{path}.js"}

    exports = {
        ".": entry("index"),
        "./client": entry("client"),
        "./schemes": entry("schemes"),
        "./models": entry("models/index"),
        "./models/*": entry("models/*"),
        "./operations": entry("operations/index"),
        "./operations/*": entry("operations/*"),
        "./runtime": entry("runtime/index"),
    }
    if not api.operations:
        del exports["./client"]
    if not api.security_schemes:
        del exports["./schemes"]
    return {
        "name": options.package,
        "version": version_of(api, options),
        "description": line(options.description or api.info.title),
        "type": "module",
        "sideEffects": False,
        "engines": {"node": ">=20"},
        "types": "./index.d.ts",
        "exports": exports,
        "files": ["**/*.js", "**/*.d.ts"],
    }


def _readme(api: ir.Api, models: Models, options: TypeScriptOptions) -> str:
    plan = models.plan
    title = plain_text(line(api.info.title) or options.package)
    parts = [f"# {title}", f"Typed TypeScript client for {title} {plain_text(line(api.info.version, 60))}".rstrip() + "."]  # fmt: skip
    parts += [plain_text(text) for text in (line(api.info.summary, 500), line(api.info.doc, 500)) if text]
    parts.append(f"```console\nnpm install {options.package}\n```")
    if plan.groups:
        operation = min(plan.groups[0].operations, key=lambda operation: (operation.method != "GET", len(operation.parameters)))  # fmt: skip
        names = plan.operations[operation.id]
        required = [names.arguments[f"{p.location}:{p.name}"] for p in operation.parameters if p.required]
        arguments = f", {{ {', '.join(f'{name}: …' for name in required)} }}" if required else ""
        address = next((server.url for server in api.servers if re.fullmatch(r"https?://[!-&(-~]+", server.url)), "https://…")  # fmt: skip
        call_ = f"{names.function}(client{arguments})"
        connect = index_names(models)["connect"]
        parts.append(f"```ts\nimport {{ {connect}, {names.function} }} from '{options.package}';\n\nconst client = {connect}('{address}');\nconst answer = await {call_};\n```")  # fmt: skip
        rows = [f"| `{group.attribute}` | {len(group.operations)} |" for group in plan.groups]
        parts += ["## Operations", "\n".join(["| group | operations |", "|---|---|", *rows])]
    parts.append(
        f"Written by bindwright {options.generator_version} from the API's OpenAPI document; not to be edited by hand."
    )
    return "\n\n".join(parts) + "\n"


@cache
def runtime() -> dict[str, str]:
    """The runtime, as it is in every package."""
    files: dict[str, str] = {}
    waiting = [("runtime", resources.files("bindwright.targets.typescript").joinpath("runtime"))]
    while waiting:
        path, entry = waiting.pop()
        if entry.is_dir():
            waiting += [(f"{path}/{inner.name}", inner) for inner in entry.iterdir()]
        elif path.endswith((".d.ts", ".js")):
            files[path] = entry.read_text(encoding="utf-8")
    return dict(sorted(files.items()))


@cache
def runtime_exports() -> dict[str, bool]:
    """What the runtime exports, and whether it is a type alone."""
    exported: dict[str, bool] = {}
    waiting, seen = ["runtime/index.d.ts"], set[str]()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        text = runtime().get(path, "")
        for other in _STAR.findall(text):
            waiting.append(posixpath.normpath(posixpath.join(posixpath.dirname(path), f"{other}.d.ts")))
        for match in _EXPORTED.finditer(text):
            _add_exports(match, exported)
    return exported


def _add_exports(match: re.Match[str], exported: dict[str, bool]) -> None:
    all_types = re.match(r"export\s+(?:type|interface)\b", match[0]) is not None
    for part in (match[1] or match[2] or "").split(","):
        is_type = all_types or part.strip().startswith("type ")
        name = part.strip().removeprefix("type ").rpartition(" as ")[2].strip()
        if name:  # one name may be a value and a type
            exported[name] = exported.get(name, True) and is_type
