"""``api/<tag>.py``: the operations of one tag, for both clients, and their data."""

from __future__ import annotations

from bindwright.ir import model as ir
from bindwright.targets.python.client.methods import Method, constant, method_of
from bindwright.targets.python.client.operations import Operations
from bindwright.targets.python.models.model_modules import Models
from bindwright.targets.python.models.type_expressions import BUILTINS
from bindwright.targets.python.naming.plan import Group
from bindwright.targets.python.syntax.code import Code, docstring
from bindwright.targets.python.syntax.docstrings import sentence
from bindwright.targets.python.syntax.layout import assign, call, lay
from bindwright.targets.python.syntax.module import Module

HTTP = "bindwright.runtime.http"
_HTTP_NAMES = frozenset(
    {
        "AsyncResource", "CallOptions", "Content", "Operation", "Pagination", "Parameter", "Part", "Poll",
        "Resource", "Response", "Server",
    }
)  # fmt: skip
_WIRE_NAMES = frozenset({"Checks", "Choice", "Entries", "Xml", "at"})
_OTHER = frozenset(
    {
        "AsyncIterable", "AsyncPage", "Callable", "FormParts", "Iterable", "Page", "RawBody", "Unpack", "Any", "Literal", "UUID", "Decimal",
        "TYPE_CHECKING",
    }
)  # fmt: skip


class Resources:
    """Writes the modules of the tags."""

    def __init__(self, api: ir.Api, models: Models) -> None:
        self.api, self.models, self.plan = api, models, models.plan
        self.operations = Operations(models.typer, models.facts)
        self.tags = {one.name: one for one in api.tags}
        self.classes = frozenset(models.module_of)

    def module(self, group: Group) -> Code:
        """One tag."""
        tag = self.tags.get(group.tag)
        doc = sentence(tag.summary, tag.doc) if tag else ""
        module = Module(doc)
        names = (group.cls, f"Async{group.cls}")
        shadow = self.classes & (_HTTP_NAMES | _WIRE_NAMES | _OTHER | set(names))
        calls = [self.plan.calls[one.id] for one in group.operations]
        shadow |= BUILTINS.intersection(call.method for call in calls)
        methods = [
            method_of(self.models.typer, one, call, shadow)
            for one, call in zip(group.operations, calls, strict=True)
        ]
        module.names = {"Unpack"}.union(*(method.names for method in methods))
        module.add(_class(names[0], "Resource", doc, methods, asynchronous=False))
        module.add(_class(names[1], "AsyncResource", doc, methods, asynchronous=True))
        module.add(_views(names, methods))
        module.typed_more.setdefault(HTTP, set()).add("views")
        module.aliases["views"] = "_views"
        needs: set[str] = set()
        data = [
            assign(
                constant(call.method),
                self.operations.operation(one, f"{group.attribute}.{call.method}", needs),
            )
            for one, call in zip(group.operations, calls, strict=True)
        ]
        module.add(Code("\n".join(data)))
        if "Page" in module.names:
            module.typed_more.setdefault(HTTP, set()).update({"AsyncPage", "Page"})
        if bodies := module.names & {"FormParts", "RawBody"}:
            module.typed_more.setdefault(HTTP, set()).update(bodies)
        if abstract := module.names & {"AsyncIterable", "Callable", "Iterable"}:
            module.typed_more["collections.abc"] = set(abstract)
        self._imports(module, needs, shadow)
        return module.render()

    def _imports(self, module: Module, needs: set[str], shadow: frozenset[str]) -> None:
        module.more[HTTP] = (needs & _HTTP_NAMES) | {"AsyncResource", "CallOptions", "Resource"}
        module.runtime |= (needs & _WIRE_NAMES) | (module.names & {"UNSET", "Unset"})
        if names := (self.classes - shadow) & module.names:  # shadowed ones are written models.Page
            module.typed["..models"] = set(names)
        if "models" in module.names:
            module.typed[".."] = {"models"}


def _class(name: str, base: str, doc: str, methods: list[Method], *, asynchronous: bool) -> Code:
    views = "_AsyncViews" if asynchronous else "_Views"
    lines: list[str] = [f"class {name}({base}):"]
    if doc:
        lines += [docstring(doc, 4), ""]
    lines += [f"    {one}: {views}[_views.{mode}]" for one, mode in _MODES]
    lines.append("")
    for method in methods:
        lines += [method.write(asynchronous=asynchronous), ""]
    return Code("\n".join(lines[:-1]))


_MODES = (("with_raw_response", "Raw"), ("with_streaming_response", "Stream"))


def _views(names: tuple[str, str], methods: list[Method]) -> Code:
    """The operations once more for type checkers, with other results: see ``runtime/http/views.py``."""
    lines = ["if TYPE_CHECKING:"]
    for cls, prefix in zip(names, ("", "Async"), strict=True):
        lines += ["", f"    class _{prefix}Views(_views.Views[_views.Mode]):"]
        for method in methods:
            head = f"        {method.name} = "
            made = call(Code(f"_views.{prefix}View"), Code(f"{cls}.{method.name}"))
            lines.append(f"{head}{lay(made, 8, len(head))}")
    return Code("\n".join(lines))
