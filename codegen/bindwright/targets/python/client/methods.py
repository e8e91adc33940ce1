"""The methods of a tag's classes: signature, docstring and the call into the runtime."""

from __future__ import annotations

from msgspec import Struct, field

from bindwright.ir import model as ir
from bindwright.targets.python.client.operations import content_annotation, unique
from bindwright.targets.python.client.paging_and_polling import item
from bindwright.targets.python.models.type_expressions import Annotation, Typer, joined
from bindwright.targets.python.naming.plan import Call
from bindwright.targets.python.naming.vendor_extensions import is_paged
from bindwright.targets.python.syntax.annotations import laid, split
from bindwright.targets.python.syntax.code import WIDTH, Code, docstring, string
from bindwright.targets.python.syntax.docstrings import clean, default_text, hung, sentence
from bindwright.targets.python.syntax.layout import Expr, call, dict_, lay

_NONE = Annotation(Code("None"), frozenset())
_BYTES = Annotation(Code("bytes"), frozenset())
_RAW = Annotation(Code("RawBody"), frozenset({"RawBody"}))
_PARTS = Annotation(Code("FormParts"), frozenset({"FormParts"}))


class _Argument(Struct, kw_only=True):
    """One parameter of a method."""

    name: str
    annotation: Annotation
    required: bool
    positional: bool = False
    default: str = "None"
    key: str | None = None
    """Its key in the dict of arguments (documents have parameters whose name is empty); None for the body."""
    doc: str = ""


class Method(Struct, kw_only=True):
    """One operation's method, ready to be written for both clients."""

    name: str
    names: frozenset[str] = field(default_factory=frozenset)
    """What its annotations need."""
    result: Code
    parts: list[str]
    doc: Code
    inner: list[Expr]

    anything: bool = False
    """Whether the result, or a part of it, is whatever the server sends: `Any`, or a name for it."""
    item: Annotation | None = None
    """Set where the answer is a page: the type of its items."""
    wait: Method | None = None
    """The method beside it that waits until the state says done."""
    extra: list[Expr] = field(default_factory=list)

    def write(self, *, asynchronous: bool) -> Code:
        """The method as it stands in a class."""
        answer, verb = self.result, "_call"
        if self.item is not None:
            answer, verb = Code(f"{'Async' if asynchronous else ''}Page[{self.item.text}]"), "_page"
        elif self.extra:
            verb = "_wait"
        lines: list[str] = [_signature(self.name, self.parts, answer, asynchronous=asynchronous), self.doc]
        expression = call(Code(f"{'await ' if asynchronous else ''}self.{verb}"), *self.inner, *self.extra)
        # What the runtime returns is generic: an annotation that tells nothing would leave it unknown.
        unknown = self.anything and self.item is None
        keyword = "" if answer == "None" else "result: object = " if unknown else "return "
        lines.append(f"        {keyword}{lay(expression, 8, 8 + len(keyword))}")
        if unknown:
            lines.append("        return result")
        if self.wait is not None:
            lines += ["", self.wait.write(asynchronous=asynchronous)]
        return Code("\n".join(lines))


def constant(method: str) -> Code:
    """The module's name of an operation's data."""
    return Code(f"_{method.upper()}")


def method_of(typer: Typer, one: ir.Operation, names: Call, shadow: frozenset[str]) -> Method:
    """Prepare the method of an operation; `shadow` are names that mean something else in its module."""
    arguments = _arguments(typer, one, names, shadow)
    answer = result(typer, one, shadow)
    inner: list[Expr] = [
        constant(names.method),
        dict_((string(each.key), Code(each.name)) for each in arguments if each.key is not None),
    ]
    if any(each.key is None for each in arguments):
        inner.append(Code("body=body"))
    inner.append(Code("options=options"))
    needs = answer.names.union(*(each.annotation.names for each in arguments))
    made = Method(
        name=names.method, names=needs, result=answer.text, parts=_parts(arguments),
        doc=docstring(_doc(one, arguments), 8), inner=inner, anything=_is_anything(typer, one, answer),
    )  # fmt: skip
    if is_paged(one):
        made.item = item(typer, one, shadow)
        # The page's type stands in the place of the body's.
        needs = made.item.names.union(*(each.annotation.names for each in arguments))
        made.names = needs | {"Page"}
    if names.wait:
        made.wait = _waiting(made, names, one)
        made.names |= answer.names | {"Callable"}
    return made


_WAIT_DOC = """\
Repeat `{0}` until its state says done.

Args:
    interval: Seconds between two looks; otherwise as the document says.
    max_wait: Seconds until `WaitTimeout`; otherwise as the document says.
    progress: Called with every state."""


def _waiting(made: Method, names: Call, one: ir.Operation) -> Method:
    """The method that waits: the same parameters, and how to wait."""
    options = made.parts[-1]
    own = [] if "*" in made.parts else ["*"]
    parts = [
        *made.parts[:-1], *own, "interval: float | None = None", "max_wait: float | None = None",
        f"progress: Callable[[{made.result}], object] | None = None", options,
    ]  # fmt: skip
    extra: list[Expr] = [Code(f"{name}={name}") for name in ("interval", "max_wait", "progress")]
    return Method(
        name=names.wait, result=made.result, parts=parts, doc=docstring(_WAIT_DOC.format(names.method), 8),
        inner=made.inner, extra=extra, anything=made.anything,
    )  # fmt: skip


def _arguments(typer: Typer, one: ir.Operation, names: Call, shadow: frozenset[str]) -> list[_Argument]:
    """Required path parameters in the path's order, then a required body; the rest by keyword."""
    counts: dict[str, int] = {}
    parameters = unique(one.parameters)
    for parameter in parameters:
        counts[parameter.name] = counts.get(parameter.name, 0) + 1
    path: list[_Argument] = []
    rest: list[_Argument] = []
    for parameter in parameters:
        annotation = typer.use(parameter.use, shadow=shadow)
        positional = parameter.location == "path"
        required = parameter.required or positional
        (path if positional else rest).append(_Argument(
            name=names.arguments[f"{parameter.location}:{parameter.name}"],
            annotation=annotation if required else _optional(annotation),
            default=_default(annotation), required=required, positional=positional, doc=_argument_doc(parameter),
            key=parameter.name if counts[parameter.name] == 1 else f"{parameter.name}@{parameter.location}",
        ))  # fmt: skip
    if len(path) > 1:
        order = {name: at for at, name in enumerate(_path_names(one.path))}
        path.sort(key=lambda each: order.get((each.key or "").removesuffix("@path"), len(order)))
    if one.body is not None and one.body.contents:
        body = _body(typer, one.body, shadow)
        (path if body.required else rest).append(body)
    return [*path, *sorted(rest, key=lambda each: not each.required)]


def _path_names(path: str) -> list[str]:
    return [part.partition("}")[0] for part in path.split("{")[1:]]


def _body(typer: Typer, body: ir.Body, shadow: frozenset[str]) -> _Argument:
    annotation = joined([_content(typer, one, shadow) for one in body.contents])
    return _Argument(
        name="body", annotation=annotation if body.required else _optional(annotation),
        default=_default(annotation), required=body.required, positional=body.required, doc=clean(body.doc),
    )  # fmt: skip


def _content(typer: Typer, one: ir.Content, shadow: frozenset[str]) -> Annotation:
    """One media type of a body; items one after another may come from an iterator."""
    if one.use is None and one.item_use is not None:
        inner = typer.use(one.item_use, shadow=shadow)
        text = Code(f"Iterable[{inner.text}] | AsyncIterable[{inner.text}]")
        return Annotation(text, inner.names | {"Iterable", "AsyncIterable"})
    made = content_annotation(typer, one, named=False, shadow=shadow) or _RAW
    if one.media_type.lower().startswith("multipart/") and made is not _RAW:
        return joined([made, _PARTS])
    if one.media_type.partition(";")[0].strip().lower() != "application/merge-patch+json":
        return made
    # A patch removes by null what its schema only lets be absent (RFC 7396, 1): that is said by a dict.
    name = "builtins.dict" if "dict" in shadow else "dict"
    patch = Annotation(Code(f"{name}[str, Any]"), frozenset({"Any", "builtins"} if "." in name else {"Any"}))
    return joined([made, patch])


def result(typer: Typer, one: ir.Operation, shadow: frozenset[str] = frozenset()) -> Annotation:
    """What a successful call returns: the types of all documented successes; HEAD has no body to give."""
    if one.method.lower() == "head":
        return _NONE
    parts = []
    for each in _successes(one):
        if not each.contents:
            parts.append(_NONE)
        for content in each.contents:
            parts.append(content_annotation(typer, content, named=True, shadow=shadow) or _BYTES)
    return joined(parts) if parts else _NONE


def _successes(one: ir.Operation) -> list[ir.Response]:
    good = [each for each in one.responses if each.status[:1] == "2"]
    if not good:
        good = [each for each in one.responses if each.status == "default"]
    if not good:  # a redirect is then the operation's own answer
        good = [each for each in one.responses if each.status[:1] == "3"]
    return good


def _is_anything(typer: Typer, one: ir.Operation, answer: Annotation) -> bool:
    if answer.text in ("Any", "None"):
        return answer.text == "Any"
    uses = [content.use for each in _successes(one) for content in each.contents]
    return any(use is not None and typer.aliases_any(use.type) for use in uses)


def _optional(annotation: Annotation) -> Annotation:
    text = annotation.text
    if text in ("Any", "None"):
        return annotation
    if text.endswith(" | None"):  # null is one thing, absent is another
        return Annotation(Code(f"{text} | Unset"), annotation.names | {"UNSET", "Unset"})
    return Annotation(Code(f"{text} | None"), annotation.names)


def _default(annotation: Annotation) -> str:
    """What an optional argument is where it is not given."""
    return "UNSET" if annotation.text.endswith(" | None") else "None"


def _argument_doc(parameter: ir.Parameter) -> str:
    parts = [clean(parameter.doc or parameter.use.doc)]
    if parameter.deprecated:
        parts.append("Deprecated.")
    if parameter.use.has_default and parameter.use.default is not None:
        parts.append(default_text(parameter.use.default))
    shown = [one for one in parts if one]
    several = len(shown) > 1 and ("\n" in shown[0] or shown[0][-1] not in ".!?:")
    return ("\n\n" if several else " ").join(shown)


def _doc(one: ir.Operation, arguments: list[_Argument]) -> str:
    parts = [sentence(one.summary, one.doc) or f"``{one.method.upper()} {clean(one.path)}``"]
    if one.deprecated:
        parts.append("Deprecated.")
    lines = [f"    {each.name}: {hung(each.doc, 8)}" for each in arguments if each.doc]
    if lines:
        parts.append("\n".join(["Args:", *lines]))
    return "\n\n".join(parts)


def _parts(arguments: list[_Argument]) -> list[str]:
    parts, starred = ["self"], False
    for each in arguments:
        if not each.positional and not starred:
            parts.append("*")
            starred = True
        parts.append(f"{each.name}: {each.annotation.text}{'' if each.required else f' = {each.default}'}")
    return [*parts, "**options: Unpack[CallOptions]"]


def _signature(method: str, parts: list[str], result: Code, *, asynchronous: bool) -> Code:
    head = f"    {'async ' if asynchronous else ''}def {method}("
    flat = f"{head}{', '.join(parts)}) -> {result}:"
    if len(flat) <= WIDTH:
        return Code(flat)
    return Code("\n".join([head, *map(parameter_line, parts), _result_line(result)]))


def parameter_line(part: str) -> str:
    """One parameter on its own line of a signature."""
    line = f"        {part},"
    if len(line) <= WIDTH or ": " not in part:
        return line
    name, _, rest = part.partition(": ")
    text, equals, default = rest.partition(" = ")
    after = f"{equals}{default},"
    return f"        {name}: {laid(text, 8, 10 + len(name), len(after))}{after}"


def _result_line(result: Code) -> str:
    line = f"    ) -> {result}:"
    if len(line) <= WIDTH:
        return line
    if len(split(result, "|")) > 1:
        return f"    ) -> (\n        {laid(result, 8, 8, 0)}\n    ):"
    return f"    ) -> {laid(result, 4, WIDTH, 0)}:"
