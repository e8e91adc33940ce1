"""``api/<tag>.py``: the operations of one tag, for both clients, and their data."""

from __future__ import annotations

from bindwright.ir import model as ir
from bindwright.targets.prose import sentence
from bindwright.targets.python.client.body_forms import BodyForms, Keywords
from bindwright.targets.python.client.methods import Method, constant, method_of
from bindwright.targets.python.client.operations import Operations
from bindwright.targets.python.models.model_modules import Models
from bindwright.targets.python.models.type_expressions import BUILTINS
from bindwright.targets.python.naming.plan import TagGroup
from bindwright.targets.python.syntax.code import Code, docstring
from bindwright.targets.python.syntax.layout import assign, call, lay
from bindwright.targets.python.syntax.module import Module

_HTTP_NAMES = frozenset(
    {
        "AsyncResource", "CallOptions", "Content", "Operation", "Pagination", "Parameter", "Part", "Poll",
        "Resource", "Response", "Server",
    }
)  # fmt: skip
_ANNOTATIONS = frozenset(
    {"AsyncIterable", "Callable", "FormParts", "Iterable", "Mapping", "Page", "RawBody", "Sequence", "Stream"}
)
"""Names that signatures use, beside the models and the types of scalars."""
_WIRE_NAMES = frozenset({"Checks", "Choice", "Entries", "Xml", "at"})
_OTHER = frozenset(
    {
        "AsyncIterable", "AsyncPages", "Callable", "AsyncStream", "FormParts", "Iterable", "Mapping", "Page", "RawBody", "Sequence", "Stream", "Unpack", "deprecated", "Any", "Literal", "UUID", "Decimal",
        "TYPE_CHECKING",
    }
)  # fmt: skip


class Resources:
    """Writes the modules of the tags."""

    def __init__(self, api: ir.Api, models: Models) -> None:
        self.api, self.models, self.plan = api, models, models.plan
        self.operations = Operations(models.typer, models.context.facts)
        self.tags = {tag.name: tag for tag in api.tags}
        self.classes = frozenset(models.module_of)
        self.bodies = BodyForms(api, models)
        self._methods: dict[str, list[Method]] = {}

    def module(self, group: TagGroup) -> Code:
        """One tag."""
        tag = self.tags.get(group.tag)
        doc = sentence(tag.summary, tag.doc) if tag else ""
        module = Module(doc)
        names = (group.cls, f"Async{group.cls}")
        shadow = self._shadow(group)
        calls = [self.plan.calls[operation.id] for operation in group.operations]
        methods = self.methods(group)
        for method in methods:
            module.refer(method.names)
        module.import_("Unpack")
        module.import_("CallOptions")
        module.add(_class(names[0], module.import_("Resource"), doc, methods, asynchronous=False))
        module.add(_class(names[1], module.import_("AsyncResource"), doc, methods, asynchronous=True))
        if keywords := {form.keywords for method in methods if (form := method.forms) and form.keywords}:
            module.add(_keywords(keywords))
            module.refer({text.members for text in keywords})
        module.add(_views(names, methods))
        module.import_("views", alias="_views", type_checking=True)
        data = [
            assign(
                constant(call.method),
                self.operations.operation(operation, f"{group.attribute}.{call.method}", module),
            )
            for operation, call in zip(group.operations, calls, strict=True)
        ]
        module.add(Code("\n".join(data)))
        self._import_annotations(module, shadow)
        return module.render()

    def _shadow(self, group: TagGroup) -> frozenset[str]:
        """Names of models and builtins that mean something else in the group's module."""
        taken = _HTTP_NAMES | _WIRE_NAMES | _OTHER | {group.cls, f"Async{group.cls}"}
        shadow = self.classes & taken.union(self.bodies.dicts.module_of)
        methods = [self.plan.calls[operation.id].method for operation in group.operations]
        return shadow | BUILTINS.intersection(methods)

    def methods(self, group: TagGroup, *, documented: bool = True) -> list[Method]:
        """The methods of a group, one an operation; where the group's module was written, those of that."""
        if (methods := self._methods.get(group.module)) is not None:
            return methods
        shadow = self._shadow(group)
        methods = [
            method_of(
                self.models.typer,
                operation,
                self.plan.calls[operation.id],
                shadow,
                self.bodies,
                documented=documented,
            )
            for operation in group.operations
        ]
        if documented:
            self._methods[group.module] = methods
        return methods

    def _import_annotations(self, module: Module, shadow: frozenset[str]) -> None:
        for name in module.references & {"overload", "with_members"}:
            module.import_(name)
        if "Stream" in module.references:
            module.import_("AsyncStream", type_checking=True)
        for name in module.references.intersection(self.bodies.dicts.module_of):
            module.import_(name, "..dicts", type_checking=True)
        for name in module.references & _ANNOTATIONS:
            module.import_(name, type_checking=True)
        if "Page" in module.references:
            module.import_("AsyncPages", type_checking=True)
        for name in module.references & {"deprecated", "overload", "renamed_arguments"}:
            module.import_(name)
        if "UNSET" in module.references:
            module.import_("UNSET")
            module.import_("Unset")
        # Shadowed ones are written models.Page.
        classes = (self.classes - shadow).difference(self.bodies.dicts.module_of)
        for name in module.references & classes:
            module.import_(name, "..models", type_checking=True)
        if "models" in module.references:
            module.import_("models", "..", type_checking=True)


def _class(name: str, base: str, doc: str, methods: list[Method], *, asynchronous: bool) -> Code:
    views = "_AsyncViews" if asynchronous else "_Views"
    lines: list[str] = [f"class {name}({base}):"]
    if doc:
        lines += [docstring(doc, 4), ""]
    lines += [f"    {attribute}: {views}[_views.{mode}]" for attribute, mode in _MODES]
    lines.append("")
    for method in methods:
        lines += [method.write_all(asynchronous=asynchronous), ""]
    return Code("\n".join(lines[:-1]))


_MODES = (("with_raw_response", "Raw"), ("with_streaming_response", "Stream"))


def _keywords(keywords: set[Keywords]) -> Code:
    """Members of bodies as keywords, for type checkers."""
    ordered = sorted(keywords, key=lambda item: item.name)
    return Code("\n\n".join(["if TYPE_CHECKING:", *(item.code for item in ordered)]))


def _views(names: tuple[str, str], methods: list[Method]) -> Code:
    """The operations once more for type checkers, with other results: see ``runtime/http/views.py``."""
    lines = ["if TYPE_CHECKING:"]
    signatures = [method.by_keywords() for method in methods if method.takes_keywords]
    named = [(name, method) for method in methods for name in method.names_of_methods]
    if signatures:
        lines += ["", "\n\n".join(signatures)]
    for cls, prefix in zip(names, ("", "Async"), strict=True):
        lines += ["", f"    class _{prefix}Views(_views.Views[_views.Mode]):"]
        for name, method in named:
            head = f"        {name} = "
            marks = [Code(f"{cls}.{name}")]
            if method.takes_keywords:
                marks.append(Code(method.keywords_function))
            if method.items is not None:
                marks.append(Code(f"_views.Item[{method.items.text}]()"))
            sort = f"{'Items' if method.items else ''}{'Forms' if method.takes_keywords else ''}View"
            view = call(Code(f"_views.{prefix}{sort}"), *marks)
            lines.append(f"{head}{lay(view, 8, len(head))}")
    return Code("\n".join(lines))
