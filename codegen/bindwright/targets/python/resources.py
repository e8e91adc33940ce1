"""``api/<tag>.py``: the operations of one tag, for both clients, and their data."""

from __future__ import annotations

from attrs import define, field

from bindwright.ir import model as ir
from bindwright.targets.python.layout import Expr, assign, call, dict_, lay, split_union
from bindwright.targets.python.models import Models
from bindwright.targets.python.module import Module
from bindwright.targets.python.naming import Call, Group
from bindwright.targets.python.operations import Operations, content_annotation
from bindwright.targets.python.prose import clean, sentence
from bindwright.targets.python.text import WIDTH, Code, docstring, string
from bindwright.targets.python.types import BUILTINS, Annotation, joined

HTTP = "bindwright.runtime.http"
_HTTP_NAMES = frozenset(
    {
        "AsyncResource",
        "CallOptions",
        "Content",
        "Operation",
        "Parameter",
        "Part",
        "Resource",
        "Response",
        "Server",
    }
)
_WIRE_NAMES = frozenset({"Checks", "Choice", "Entries", "Xml", "at"})
_OTHER = frozenset({"Unpack", "Any", "Literal", "UUID", "Decimal", "TYPE_CHECKING"})


@define(kw_only=True)
class _Argument:
    """One parameter of a method."""

    name: str
    annotation: Annotation
    required: bool
    positional: bool = False
    keys: list[str] = field(factory=list)
    doc: str = ""
    default: str = "None"


class Resources:
    """Writes the modules of the tags."""

    def __init__(self, api: ir.Api, models: Models) -> None:
        self.api, self.models, self.plan = api, models, models.plan
        self.typer = models.typer
        self.operations = Operations(models.typer, models.facts)
        self.tags = {one.name: one for one in api.tags}

    def module(self, group: Group) -> Code:
        """One tag."""
        module = Module(self._doc(group), where="bindwright.runtime")
        classes = {group.cls, f"Async{group.cls}"}
        methods = frozenset(self.plan.calls[one.id].method for one in group.operations)
        clashing = frozenset(self.models.module_of) & (classes | _HTTP_NAMES | _WIRE_NAMES | _OTHER)
        shadow = (BUILTINS & methods) | clashing
        for name, base, asynchronous in (
            (group.cls, "Resource", False),
            (f"Async{group.cls}", "AsyncResource", True),
        ):
            module.add(self._class(group, name, base, shadow, module, asynchronous=asynchronous))
        needs: set[str] = set()
        data = []
        for one in group.operations:
            method = self.plan.calls[one.id].method
            made = self.operations.operation(one, f"{group.attribute}.{method}", needs)
            data.append(assign(constant(method), made))
        module.add(Code("\n".join(data)))
        self._imports(module, needs)
        return module.render()

    def _doc(self, group: Group) -> str:
        tag = self.tags.get(group.tag)
        return sentence(tag.summary, tag.doc) if tag else ""

    def _imports(self, module: Module, needs: set[str]) -> None:
        http = (needs & _HTTP_NAMES) | {"AsyncResource", "CallOptions", "Resource"}
        module.more.setdefault(HTTP, set()).update(http)
        module.names.add("Unpack")
        module.runtime |= needs & _WIRE_NAMES
        known = self.models.module_of
        if names := {one for one in module.names if one in known}:
            module.typed.setdefault("..models", set()).update(names)
        if "models" in module.names:
            module.typed.setdefault("..", set()).add("models")

    def _class(
        self,
        group: Group,
        name: str,
        base: str,
        shadow: frozenset[str],
        module: Module,
        *,
        asynchronous: bool,
    ) -> Code:
        lines = [f"class {name}({base}):"]
        if doc := self._doc(group):
            lines += [docstring(doc, 4), ""]
        for one in group.operations:
            lines += [
                self._method(one, self.plan.calls[one.id], shadow, module, asynchronous=asynchronous),
                "",
            ]
        return Code("\n".join(lines[:-1]))

    def _method(
        self, one: ir.Operation, names: Call, shadow: frozenset[str], module: Module, *, asynchronous: bool
    ) -> Code:
        arguments = self._arguments(one, names, shadow)
        result = self.result(one, shadow)
        module.names |= result.names.union(*(each.annotation.names for each in arguments))
        lines: list[str] = [_signature(names.method, arguments, result.text, asynchronous=asynchronous)]
        if doc := self._method_doc(one, arguments):
            lines.append(docstring(doc, 8))
        pairs = [(string(each.keys[0]), Code(each.name)) for each in arguments if each.keys]
        inner: list[Expr] = [constant(names.method), dict_(pairs)]
        if any(not each.keys for each in arguments):
            inner.append(Code("body=body"))
        inner.append(Code("options=options"))
        start = "await self._call" if asynchronous else "self._call"
        expression = call(Code(start), *inner)
        keyword = "return " if result.text != "None" else ""
        lines.append(f"        {keyword}{lay(expression, 8, 8 + len(keyword))}")
        return Code("\n".join(lines))

    def _arguments(self, one: ir.Operation, names: Call, shadow: frozenset[str]) -> list[_Argument]:
        """Required path parameters in the path's order, then a required body; the rest by keyword."""
        counts: dict[str, int] = {}
        for parameter in one.parameters:
            counts[parameter.name] = counts.get(parameter.name, 0) + 1
        found = []
        for parameter in one.parameters:
            required = parameter.required or parameter.location == "path"
            annotation = self.typer.use(parameter.use, shadow=shadow)
            key = parameter.name if counts[parameter.name] == 1 else f"{parameter.name}@{parameter.location}"
            found.append(_Argument(
                name=names.arguments[f"{parameter.location}:{parameter.name}"], annotation=_optional(annotation, required),
                required=required, positional=parameter.location == "path", keys=[key],
                doc=_argument_doc(parameter),
            ))  # fmt: skip
        order = {name: at for at, name in enumerate(_path_names(one.path))}
        path = sorted(
            (each for each in found if each.positional),
            key=lambda each: order.get(each.keys[0].partition("@")[0], 99),
        )
        rest = [each for each in found if not each.positional]
        if one.body is not None and one.body.contents:
            body = self._body(one.body, shadow)
            (path if body.required else rest).append(body)
        return [*path, *sorted(rest, key=lambda each: not each.required)]

    def _body(self, body: ir.Body, shadow: frozenset[str]) -> _Argument:
        parts = []
        for one in body.contents:
            annotation = content_annotation(self.typer, one, named=False, shadow=shadow)
            parts.append(annotation if annotation is not None else Annotation(Code("bytes"), frozenset()))
        annotation = joined(parts)
        return _Argument(
            name="body", annotation=_optional(annotation, body.required), required=body.required,
            positional=body.required, doc=clean(body.doc),
        )  # fmt: skip

    def result(self, one: ir.Operation, shadow: frozenset[str]) -> Annotation:
        """What a successful call returns: the types of all documented successes."""
        good = [each for each in one.responses if each.status[:1] == "2"]
        good = good or [
            each for each in one.responses if each.status == "default" and len(one.responses) == 1
        ]
        parts = []
        for each in good:
            if not each.contents:
                parts.append(Annotation(Code("None"), frozenset()))
            for content in each.contents:
                annotation = content_annotation(self.typer, content, named=True, shadow=shadow)
                parts.append(annotation or Annotation(Code("bytes"), frozenset()))
        return joined(parts) if parts else Annotation(Code("None"), frozenset())

    def _method_doc(self, one: ir.Operation, arguments: list[_Argument]) -> str:
        parts = [sentence(one.summary, one.doc)]
        if one.deprecated:
            parts.append("Deprecated.")
        described = [each for each in arguments if each.doc]
        if described:
            lines = ["Args:"]
            for each in described:
                lines.append(
                    f"    {each.name}: "
                    + each.doc.replace("\n", "\n        ").replace("\n        \n", "\n\n")
                )
            parts.append("\n".join(lines))
        return "\n\n".join(part for part in parts if part)


def _argument_doc(parameter: ir.Parameter) -> str:
    doc = clean(parameter.doc or parameter.use.doc)
    return f"{doc} Deprecated.".strip() if parameter.deprecated else doc


def _optional(annotation: Annotation, required: bool) -> Annotation:
    text = annotation.text
    if required or text in ("Any", "None") or text.endswith(" | None"):
        return annotation
    return Annotation(Code(f"{text} | None"), annotation.names)


def constant(method: str) -> Code:
    """The module's name of an operation's data."""
    return Code(f"_{method.upper()}")


def _path_names(path: str) -> list[str]:
    return [part.partition("}")[0] for part in path.split("{")[1:]]


def _signature(method: str, arguments: list[_Argument], result: Code, *, asynchronous: bool) -> Code:
    head = f"    {'async ' if asynchronous else ''}def {method}("
    parts, starred = ["self"], False
    for each in arguments:
        if not each.positional and not starred:
            parts.append("*")
            starred = True
        parts.append(f"{each.name}: {each.annotation.text}" + ("" if each.required else f" = {each.default}"))
    parts.append("**options: Unpack[CallOptions]")
    flat = f"{head}{', '.join(parts)}) -> {result}:"
    if len(flat) <= WIDTH:
        return Code(flat)
    lines = [head, *(_parameter_line(part) for part in parts), f"    ) -> {result}:"]
    return Code("\n".join(lines))


def _parameter_line(part: str) -> str:
    line = f"        {part},"
    if len(line) <= WIDTH or " | " not in part:
        return line
    members = split_union(part)
    return "\n        | ".join([f"        {members[0]}", *members[1:]]) + ","
