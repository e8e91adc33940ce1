"""The methods of a tag's classes: signature, docstring and the call into the runtime."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from bindwright.ir import model as ir
from bindwright.standards.media_types import SEQUENTIAL, is_yaml, kind_of
from bindwright.targets.prose import clean, hung, sentence
from bindwright.targets.python.client.arguments import OPTIONS, Argument, parts_of
from bindwright.targets.python.client.body_forms import BodyForms, says_nothing
from bindwright.targets.python.client.forms import Forms, Variant, forms_of, item_of
from bindwright.targets.python.client.operations import comes_unread, content_annotation, unique
from bindwright.targets.python.client.paging_and_polling import item
from bindwright.targets.python.models.annotation import Annotation
from bindwright.targets.python.models.type_expressions import Typer, joined
from bindwright.targets.python.naming.models import has_one_value
from bindwright.targets.python.naming.plan import CallNames
from bindwright.targets.python.naming.vendor_extensions import is_long_running, is_paged
from bindwright.targets.python.syntax.annotations import laid, split
from bindwright.targets.python.syntax.code import WIDTH, Code, docstring, literal, string
from bindwright.targets.python.syntax.layout import Expr, call, dict_, lay

_NONE = Annotation(Code("None"), frozenset())
_STR = Annotation(Code("str"), frozenset())
_BYTES = Annotation(Code("bytes"), frozenset())
_RAW = Annotation(Code("RawBody"), frozenset({"RawBody"}))
_PARTS = Annotation(Code("FormParts"), frozenset({"FormParts"}))


class Method(Struct, kw_only=True):
    """One operation's method, ready to be written for both clients."""

    name: str
    names: frozenset[str] = field(default_factory=frozenset)
    """What its annotations need."""
    result: Code
    parameters: list[Argument]
    doc: Code
    arguments: list[Expr]
    """Of the call into the runtime."""

    anything: bool = False
    """Whether the result, or a part of it, is whatever the server sends: `Any`, or a name for it."""
    item: Annotation | None = None
    """Set where the answer is a page: the type of its items."""
    wait: Method | None = None
    """The method beside it that waits until the state says done."""
    extra: list[Expr] = field(default_factory=list)
    deprecation: str = ""
    """Why the method is deprecated; empty where it is not."""
    aliases: list[str] = field(default_factory=list)
    """Older names of it, deprecated."""
    items: Annotation | None = None
    """Set where the answer may be read item by item: their type."""
    forms: Forms | None = None
    """Set where it can be called in several ways, which are written as overloads."""

    def write_all(self, *, asynchronous: bool) -> Code:
        """The method as it stands in a class, and once more under each older name."""
        methods = [self.write(asynchronous=asynchronous)]
        for alias in self.aliases:
            older = replace(self, name=alias, deprecation=renamed(self.name), wait=None)
            methods.append(older.write(asynchronous=asynchronous))
        return Code("\n\n".join(methods))

    @property
    def names_of_methods(self) -> list[str]:
        """Its name, and the older ones."""
        return [self.name, *self.aliases]

    @property
    def takes_keywords(self) -> bool:
        """Whether its body may be given by its members."""
        return self.forms is not None and self.forms.keywords is not None

    @property
    def keywords_function(self) -> str:
        """What the function of `by_keywords` is called."""
        return f"_keywords_of_{self.name}"

    def by_keywords(self) -> Code:
        """A function with the parameters of the call by members, for type checkers."""
        variant = next(variant for variant in self.variants if variant.last != OPTIONS)
        parts = parts_of(variant.arguments, variant.last)[1:]
        return _signature(self.keywords_function, parts, Code("None"), " ...", asynchronous=False)

    def answer(self, *, asynchronous: bool) -> Code:
        """The annotation of what it returns."""
        if self.item is not None:
            return Code(f"{'AsyncPages' if asynchronous else 'Page'}[{self.item.text}]")
        return self.result

    @property
    def waits(self) -> bool:
        """Whether an async client's method is an ``async def``: a list in pages is given as it is, to be waited for or
        gone through."""
        return self.item is None or (self.forms is not None and self.forms.item is not None)

    @property
    def older_arguments(self) -> dict[str, str]:
        """Older names of arguments, to their names."""
        return {alias: each.name for each in self.parameters for alias in each.aliases}

    @property
    def variants(self) -> list[Variant]:
        """The ways to call it, the plainest first."""
        return [Variant(self.parameters, False)] if self.forms is None else self.forms.variants

    def _older_variants(self) -> Iterator[tuple[str, list[Argument]]]:
        """Its parameters under older names, each with what type checkers are to say of that."""
        older = self.older_arguments
        parameters = self.variants[0].arguments
        every = [{alias: name} for alias, name in older.items()]
        if len(every) > 1:
            every.append({next(iter(each.aliases)): each.name for each in parameters if each.aliases})
        for names in every:
            by_name = {name: alias for alias, name in names.items()}
            notice = " ".join(f"`{alias}` was renamed: use `{name}`." for alias, name in names.items())
            yield notice, [replace(each, name=by_name.get(each.name, each.name)) for each in parameters]

    def _overloads(self, answer: Code, note: list[str], *, asynchronous: bool) -> list[str]:
        """The ways to call it with today's names, and with older ones, which type checkers tell to be deprecated."""
        if self.forms is None and not self.older_arguments:
            return []
        lines, waits = [], asynchronous and self.waits
        for variant in self.variants:
            result = self._result(variant.streamed, answer, asynchronous=asynchronous)
            parts = parts_of(variant.arguments, variant.last)
            lines += [
                "    @overload",
                *note,
                _signature(self.name, parts, result, " ...", asynchronous=waits),
            ]
        plain = self._result(False, answer, asynchronous=asynchronous)
        for notice, parameters in self._older_variants():
            head = _signature(self.name, parts_of(parameters), plain, " ...", asynchronous=waits)
            lines += ["    @overload", f"    @{lay(call(Code('deprecated'), string(notice)), 4, 5)}", head]
        return lines

    def _result(self, streamed: bool | None, answer: Code, *, asynchronous: bool) -> Code:
        if self.forms is None:
            return answer
        return self.forms.result(streamed, answer, f"{'Async' if asynchronous else ''}Stream")

    def write(self, *, asynchronous: bool) -> Code:
        """The method under its name."""
        answer = self.answer(asynchronous=asynchronous)
        verb = "_page" if self.item is not None else "_wait" if self.extra else "_call"
        note = []
        if self.deprecation:
            note.append(f"    @{lay(call(Code('deprecated'), string(self.deprecation)), 4, 5)}")
        lines: list[str] = [*self._overloads(answer, note, asynchronous=asynchronous), *note]
        if older := self.older_arguments:
            pairs = [Code(f"{alias}={string(name)}") for alias, name in older.items()]
            lines.append(f"    @{lay(call(Code('renamed_arguments'), *pairs), 4, 5)}")
        parts = parts_of(self.parameters) if self.forms is None else self.forms.parts
        answer = self._result(None, answer, asynchronous=asynchronous)
        waits = asynchronous and self.waits
        lines += [_signature(self.name, parts, answer, asynchronous=waits), self.doc]
        if self.forms is not None and self.forms.item is not None:
            streamed = call(Code(f"{'await ' if asynchronous else ''}self._stream"), *self.arguments)
            lines += ["        if stream:", f"            return {lay(streamed, 12, 19)}"]
        awaited = "await " if asynchronous and self.item is None else ""
        expression = call(Code(f"{awaited}self.{verb}"), *self.arguments, *self.extra)
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


def renamed(name: str) -> str:
    """What an older name says to who uses it."""
    return f"Renamed: use `{name}`."


def method_of(
    typer: Typer,
    operation: ir.Operation,
    names: CallNames,
    shadow: frozenset[str],
    bodies: BodyForms,
    *,
    documented: bool = True,
) -> Method:
    """Prepare the method of an operation.

    Args:
        shadow: names that mean something else in its module.
        documented: whether it has a docstring, which takes longer than the rest.
    """
    arguments = _arguments(typer, operation, names, shadow, bodies)
    answer = result(typer, operation, shadow)
    forms = forms_of(typer, operation, arguments, bodies, shadow)
    needs = answer.names.union(*(argument.annotation.names for argument in arguments))
    method = Method(
        name=names.method, names=needs, result=answer.text, parameters=arguments, forms=forms,
        doc=docstring(_doc(operation, [*arguments, *(forms.documented if forms else [])]), 8) if documented else Code(""), arguments=_call_arguments(names, arguments, forms), anything=_is_anything(typer, operation, answer),
    )  # fmt: skip
    if operation.deprecated:
        method.deprecation = f"{operation.method.upper()} {clean(operation.path)} is deprecated."
    method.aliases = names.aliases
    if method.deprecation or method.aliases or names.argument_aliases:
        method.names |= {"deprecated"}
    if names.argument_aliases:
        method.names |= {"overload", "renamed_arguments"}
    if is_paged(operation):
        method.item = item(typer, operation, shadow)
        # The page's type stands in the place of the body's.
        needs = method.item.names.union(*(argument.annotation.names for argument in arguments))
        method.names = method.names & _OF_OLDER_NAMES | needs | {"Page"}
    method.items = item_of(typer, operation, shadow)
    method.names |= (forms.names if forms else set()) | (method.items.names if method.items else set())
    if names.wait:
        method.wait = _waiting(method, names, operation)
        method.names |= answer.names | {"Callable"} | ({"Any"} if is_long_running(operation) else set())
    return method


def _call_arguments(names: CallNames, arguments: list[Argument], forms: Forms | None) -> list[Expr]:
    """What the runtime is called with: the operation, its parameters by key, the body and the options."""
    pairs = (
        (string(argument.key), Code(argument.name)) for argument in arguments if argument.key is not None
    )
    expressions: list[Expr] = [constant(names.method), dict_(pairs)]
    if forms is not None and forms.keywords is not None:
        return [*expressions, Code("**with_members(body, options)")]
    if any(argument.key is None for argument in arguments):
        expressions.append(Code("body=body"))
    return [*expressions, Code("options=options")]


_OF_OLDER_NAMES = frozenset({"deprecated", "overload", "renamed_arguments"})
_FOLLOW_DOC = """\
Call `{0}` and wait until what it starts is over.

Args:
    interval: Seconds between two looks; otherwise as the server says, or 1.
    max_wait: Seconds until `WaitTimeout`; otherwise 600.
    progress: Called with every state, as plain JSON."""
_WAIT_DOC = """\
Repeat `{0}` until its state says done.

Args:
    interval: Seconds between two looks; otherwise as the document says.
    max_wait: Seconds until `WaitTimeout`; otherwise as the document says.
    progress: Called with every state."""


def _waiting(polled: Method, names: CallNames, operation: ir.Operation) -> Method:
    """The method that waits: the same parameters, and how to wait."""
    follows = is_long_running(operation)
    seconds = Annotation(Code("float | None"), frozenset())
    progress = Code(f"Callable[[{'Any' if follows else polled.result}], object] | None")
    parameters = [
        *polled.parameters,
        Argument(name="interval", annotation=seconds, required=False),
        Argument(name="max_wait", annotation=seconds, required=False),
        Argument(name="progress", annotation=Annotation(progress, frozenset()), required=False),
    ]
    extra: list[Expr] = [Code(f"{name}={name}") for name in ("interval", "max_wait", "progress")]
    return Method(
        name=names.wait, result=polled.result, parameters=parameters, doc=docstring((_FOLLOW_DOC if follows else _WAIT_DOC).format(names.method), 8),
        arguments=polled.arguments, extra=extra, anything=polled.anything,
    )  # fmt: skip


def _arguments(
    typer: Typer, operation: ir.Operation, names: CallNames, shadow: frozenset[str], bodies: BodyForms
) -> list[Argument]:
    """Path parameters in the path's order, then the body; the rest by keyword, with constants that stand before these."""
    counts: dict[str, int] = {}
    parameters = unique(operation.parameters)
    for parameter in parameters:
        counts[parameter.name] = counts.get(parameter.name, 0) + 1
    path: list[Argument] = []
    rest: list[Argument] = []
    for parameter in parameters:
        annotation = typer.argument(parameter.use, shadow=shadow)
        positional = parameter.location == "path"
        required = parameter.required or positional
        only = _only_value(typer, parameter.use) if required else None
        (path if positional else rest).append(Argument(
            name=names.arguments[f"{parameter.location}:{parameter.name}"],
            annotation=annotation if required else _optional(annotation),
            default=only or _default(annotation), required=required and only is None, positional=positional,
            source=parameter, aliases=names.argument_aliases.get(f"{parameter.location}:{parameter.name}", []),
            key=parameter.name if counts[parameter.name] == 1 else f"{parameter.name}@{parameter.location}",
        ))  # fmt: skip
    if len(path) > 1:
        order = {name: position for position, name in enumerate(_path_names(operation.path))}
        path.sort(key=lambda argument: order.get((argument.key or "").removesuffix("@path"), len(order)))
    if operation.body is not None and operation.body.contents and not says_nothing(operation, typer.types):
        # An optional body may stand here, too: it may have been required once, and be given without its name.
        path.append(_body(typer, operation.body, shadow, bodies))
    front, moved = _constants_by_keyword(path)
    return [*front, *sorted([*moved, *rest], key=lambda argument: not argument.required)]


def _constants_by_keyword(positional: list[Argument]) -> tuple[list[Argument], list[Argument]]:
    """Constants in front of what has to be given, apart: Python has no parameter without a default after one with it."""
    last = max((place for place, argument in enumerate(positional) if argument.required), default=-1)
    moved = [
        replace(argument, positional=False) for argument in positional[: last + 1] if not argument.required
    ]
    front = [argument for place, argument in enumerate(positional) if argument.required or place > last]
    return front, moved


def _only_value(typer: Typer, use: ir.Use) -> str | None:
    """The value of a parameter that can have one value only: nobody has to give it."""
    type_ = typer.types.get(use.type)
    if type_ is None or use.nullable or not isinstance(type_, ir.Enum) or not has_one_value(type_):
        return None
    return literal(type_.members[0].value)


def _path_names(path: str) -> list[str]:
    return [part.partition("}")[0] for part in path.split("{")[1:]]


def _body(typer: Typer, body: ir.Body, shadow: frozenset[str], bodies: BodyForms) -> Argument:
    annotation = joined([_content(typer, content, shadow, bodies) for content in body.contents])
    return Argument(
        name="body", annotation=annotation if body.required else _optional(annotation),
        default=_default(annotation), required=body.required, positional=True, source=body,
    )  # fmt: skip


def _content(typer: Typer, content: ir.Content, shadow: frozenset[str], bodies: BodyForms) -> Annotation:
    """One media type of a body; items one after another may come from an iterator."""
    if content.use is None and content.item_use is not None:
        element = typer.use(content.item_use, shadow=shadow)
        text = Code(f"Iterable[{element.text}] | AsyncIterable[{element.text}]")
        return Annotation(text, element.names | {"Iterable", "AsyncIterable"})
    annotation = content_annotation(typer, content, named=False, sent=True, shadow=shadow) or _RAW
    # A model is written as JSON, which YAML includes.
    if annotation is not _RAW and is_yaml(content.media_type):
        return joined([annotation, _STR])
    if content.kind == "multipart" and annotation is not _RAW and not content.positional:
        return joined([annotation, _PARTS])
    if content.media_type.partition(";")[0].strip().lower() != "application/merge-patch+json":
        mapping = bodies.mapping(content, shadow)
        if mapping is None or annotation is _RAW:
            return annotation
        # A sequence of models or mappings takes a list of models, too.
        return mapping if annotation.text.startswith("list[") else joined([annotation, mapping])
    # A patch removes by null what its schema only lets be absent (RFC 7396, 1): that is said by a dict.
    name = "builtins.dict" if "dict" in shadow else "dict"
    patch = Annotation(Code(f"{name}[str, Any]"), frozenset({"Any", "builtins"} if "." in name else {"Any"}))
    return joined([annotation, patch])


def result(typer: Typer, operation: ir.Operation, shadow: frozenset[str] = frozenset()) -> Annotation:
    """What a successful call returns: the types of all documented successes; HEAD has no body to give."""
    if operation.method.lower() == "head":
        return _NONE
    parts = []
    for response in _successes(operation):
        if not response.contents or response.status in _WITHOUT_CONTENT:
            parts.append(_NONE)
            continue
        for content in _asked_for(typer, response.contents):
            parts.append(content_annotation(typer, content, named=True, shadow=shadow) or _BYTES)
    if any(response.status == "304" for response in operation.responses):  # no error where it is documented
        parts.append(_NONE)
    return joined(parts) if parts else _NONE


def _asked_for(typer: Typer, contents: list[ir.Content]) -> list[ir.Content]:
    """The contents that a plain call may get: it asks for JSON or XML, and only where nothing else is for events or
    lines, or for a format that nothing here reads.

    These are for `with_streaming_response`, or for who asks with `accept`.
    """
    if not any(content.kind in ("json", "xml") for content in contents):
        return contents
    return [
        content
        for content in contents
        if kind_of(content.media_type) not in SEQUENTIAL and not comes_unread(typer, content, sent=False)
    ]


_WITHOUT_CONTENT = ("204", "205", "304")
"""Statuses whose responses have no content, whatever the document says (RFC 9110, 15.3.5, 15.3.6, 15.4.5)."""


def _successes(operation: ir.Operation) -> list[ir.Response]:
    good = [response for response in operation.responses if response.status[:1] == "2"]
    if not good:
        good = [response for response in operation.responses if response.status == "default"]
    if not good:  # a redirect is then the operation's own answer
        good = [response for response in operation.responses if response.status[:1] == "3"]
    return good


def _is_anything(typer: Typer, operation: ir.Operation, answer: Annotation) -> bool:
    if answer.text in ("Any", "None"):
        return answer.text == "Any"
    uses = [content.use for response in _successes(operation) for content in response.contents]
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


def _doc(operation: ir.Operation, arguments: list[Argument]) -> str:
    parts = [
        sentence(operation.summary, operation.doc)
        or f"``{operation.method.upper()} {clean(operation.path)}``"
    ]
    if operation.deprecated:
        parts.append("Deprecated.")
    lines = [f"    {argument.name}: {hung(argument.doc, 8)}" for argument in arguments if argument.doc]
    if lines:
        parts.append("\n".join(["Args:", *lines]))
    return "\n\n".join(parts)


def _signature(method: str, parts: list[str], result: Code, after: str = "", *, asynchronous: bool) -> Code:
    head = f"    {'async ' if asynchronous else ''}def {method}("
    flat = f"{head}{', '.join(parts)}) -> {result}:{after}"
    if len(flat) <= WIDTH:
        return Code(flat)
    return Code("\n".join([head, *map(parameter_line, parts), _result_line(result, after)]))


def parameter_line(part: str) -> str:
    """One parameter on its own line of a signature."""
    line = f"        {part},"
    if len(line) <= WIDTH or ": " not in part:
        return line
    name, _, rest = part.partition(": ")
    text, equals, default = rest.partition(" = ")
    after = f"{equals}{default},"
    return f"        {name}: {laid(text, 8, 10 + len(name), len(after))}{after}"


def _result_line(result: Code, after: str) -> str:
    line = f"    ) -> {result}:{after}"
    if len(line) <= WIDTH:
        return line
    if len(split(result, "|")) > 1:
        return f"    ) -> (\n        {laid(result, 8, 8, 0)}\n    ):{after}"
    return f"    ) -> {laid(result, 4, WIDTH, 0)}:{after}"
