"""``Operation(…)``: an operation as data, for the sans-I/O layer of the runtime."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from bindwright.ir import model as ir
from bindwright.standards.media_types import STRUCTURED, is_unread, is_yaml, kind_of
from bindwright.targets.prose import clean
from bindwright.targets.python.client.body_forms import stream_switch
from bindwright.targets.python.client.paging_and_polling import pagination, poll
from bindwright.targets.python.models.annotation import Annotation
from bindwright.targets.python.models.type_expressions import Typer
from bindwright.targets.python.models.wire_facts import HELPERS, WireFacts
from bindwright.targets.python.naming.vendor_extensions import is_paged, is_polled
from bindwright.targets.python.syntax.code import Code, string
from bindwright.targets.python.syntax.layout import Expr, call, keyword, tuple_
from bindwright.targets.python.syntax.module import Imports, Module, RecordedImports

_HELPERS = HELPERS | {"Parameter"}
_STYLES = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}


class Operations:
    """Writes operations; the module that they stand in imports what they need."""

    def __init__(self, typer: Typer, facts: WireFacts) -> None:
        self.typer, self.facts = typer, facts
        self._parameters: dict[tuple[Any, ...], tuple[Expr, set[str]]] = {}
        """Parameters that were written before, by what is written of them, and the names that they import: many
        operations have the same."""

    def operation(self, operation: ir.Operation, name: str, imports: Imports) -> Expr:
        """The whole call."""
        arguments: list[Expr] = [
            Code(f"id={string(name)}"), Code(f"method={string(operation.method.upper())}"), Code(f"path={string(operation.path)}")
        ]  # fmt: skip
        if operation.parameters:
            arguments.append(
                keyword(
                    Code("parameters"),
                    tuple_(self.parameter(parameter, imports) for parameter in unique(operation.parameters)),
                )
            )
        if operation.body is not None and operation.body.contents:
            arguments.append(
                keyword(
                    Code("body"),
                    tuple_(self.content(content, imports, sent=True) for content in operation.body.contents),
                )
            )
            if operation.body.required:
                arguments.append(Code("body_required=True"))
        if operation.responses:
            arguments.append(
                keyword(
                    Code("responses"),
                    tuple_(self.response(response, imports) for response in operation.responses),
                )
            )
        if operation.security is not None:
            arguments.append(keyword(Code("security"), requirements(operation.security)))
        if operation.servers:
            arguments.append(
                keyword(Code("servers"), tuple_(server(address, imports) for address in operation.servers))
            )
        if operation.deprecated:
            arguments.append(Code("deprecated=True"))
        if (switch := stream_switch(operation, self.typer.types)) is not None:
            arguments.append(Code(f"stream={string(switch)}"))
        if is_paged(operation):
            arguments.append(keyword(Code("pagination"), pagination(operation, imports)))
        if is_polled(operation):
            arguments.append(keyword(Code("poll"), poll(operation, imports)))
        return call(imports.import_("Operation"), *arguments)

    def parameter(self, parameter: ir.Parameter, imports: Imports) -> Expr:
        """``Parameter(…)``; what is the default of its location is left out."""
        place = self.facts.key_of(parameter.use)
        # What is written with another name for a helper is not the text that other modules need.
        if place is None or (isinstance(imports, Module) and not _HELPERS.isdisjoint(imports.aliases)):
            return self._parameter(parameter, imports)
        key = (
            place, parameter.use.nullable, parameter.name, parameter.location, parameter.required, parameter.content,
            parameter.style, parameter.explode, parameter.allow_reserved, parameter.allow_empty,
        )  # fmt: skip
        before = self._parameters.get(key)
        if before is None:
            recorded = RecordedImports()
            before = self._parameters[key] = (self._parameter(parameter, recorded), recorded.names)
        for name in before[1]:
            imports.import_(name)
        return before[0]

    def _parameter(self, parameter: ir.Parameter, imports: Imports) -> Expr:
        arguments: list[Expr] = [
            Code(f"name={string(parameter.name)}"),
            Code(f"location={string(parameter.location)}"),
        ]
        if (text := self.typer.use(parameter.use).text) != "str":
            arguments.append(Code(f"type={string(text)}"))
        arguments += self._wire(parameter.use, imports)
        if parameter.required:
            arguments.append(Code("required=True"))
        if parameter.content is not None:
            arguments.append(Code(f"content={string(parameter.content)}"))
        elif parameter.location != "querystring":
            if parameter.style and parameter.style != _STYLES.get(parameter.location):
                arguments.append(Code(f"style={string(parameter.style)}"))
            if parameter.explode != (parameter.style in ("form", "cookie")):
                arguments.append(Code(f"explode={parameter.explode!r}"))
            arguments += _inner_separators(parameter)
        if parameter.allow_reserved:
            arguments.append(Code("allow_reserved=True"))
        if parameter.allow_empty:
            arguments.append(Code("allow_empty=True"))
        return call(imports.import_("Parameter"), *arguments)

    def _wire(self, use: ir.Use, imports: Imports, name: str = "wire") -> list[Expr]:
        return self.facts.nested(name, use, imports)

    def content(self, content: ir.Content, imports: Imports, *, sent: bool = False) -> Expr:
        """``Content(…)``; ``sent``: of a request."""
        arguments: list[Expr] = [Code(f"media_type={string(content.media_type)}")]
        if content.kind is not None and content.kind != kind_of(content.media_type):
            arguments.append(Code(f"kind={string(content.kind)}"))
        if (text := self.content_type(content, sent=sent)) is not None:
            arguments.append(Code(f"type={string(text)}"))
            if content.use is not None and not comes_unread(self.typer, content, sent=sent):
                arguments += self._wire(content.use, imports)
        if content.item_use is not None:
            arguments.append(Code(f"item_type={string(self.typer.use(content.item_use, named=True).text)}"))
            arguments += self._wire(content.item_use, imports, "item_wire")
        if content.parts:
            arguments.append(
                keyword(Code("parts"), tuple_(self._part(part, imports) for part in content.parts))
            )
        return call(imports.import_("Content"), *arguments, *self._positions(content, imports))

    def _positions(self, content: ir.Content, imports: Imports) -> list[Expr]:
        """What is said of parts without names."""
        arguments: list[Expr] = [Code("positional=True")] if content.positional else []
        if content.prefix_parts:
            parts = tuple_(self._part(part, imports) for part in content.prefix_parts)
            arguments.append(keyword(Code("prefix_parts"), parts))
        if content.item_part is not None:
            arguments.append(keyword(Code("item_part"), self._part(content.item_part, imports)))
        return arguments

    def content_type(self, content: ir.Content, *, named: bool = True, sent: bool = False) -> Code | None:
        """The type expression of a body; None: bytes."""
        annotation = content_annotation(self.typer, content, named=named, sent=sent)
        return annotation.text if annotation is not None else None

    def _part(self, part: ir.Part, imports: Imports) -> Expr:
        arguments: list[Expr] = [Code(f"name={string(part.name)}")]
        if part.content_type is not None:
            arguments.append(Code(f"content_type={string(part.content_type)}"))
        if part.style is not None:
            arguments.append(Code(f"style={string(part.style)}"))
        if part.explode is not None:
            arguments.append(Code(f"explode={part.explode!r}"))
        arguments += _inner_separators(part)
        if part.allow_reserved:
            arguments.append(Code("allow_reserved=True"))
        if part.headers:
            arguments.append(
                keyword(Code("headers"), tuple_(self.parameter(header, imports) for header in part.headers))
            )
        return call(imports.import_("Part"), *arguments)

    def response(self, response: ir.Response, imports: Imports) -> Expr:
        """``Response(…)``."""
        arguments: list[Expr] = [Code(f"status={string(response.status)}")]
        if doc := clean(response.doc)[:500]:
            arguments.append(Code(f"description={string(doc)}"))
        if response.contents:
            arguments.append(
                keyword(
                    Code("content"), tuple_(self.content(content, imports) for content in response.contents)
                )
            )
        if response.headers:
            arguments.append(
                keyword(
                    Code("headers"), tuple_(self.parameter(header, imports) for header in response.headers)
                )
            )
        return call(imports.import_("Response"), *arguments)


def _inner_separators(said: ir.Parameter | ir.Part) -> list[Expr]:
    separators = tuple_(string(separator) for separator in said.inner_separators)
    return [keyword(Code("inner_separators"), separators)] if said.inner_separators else []


def unique(parameters: list[ir.Parameter]) -> list[ir.Parameter]:
    """Parameters without those that repeat another's name and location (OpenAPI forbids them)."""
    kept = {(parameter.location, parameter.name): parameter for parameter in parameters[::-1]}
    return list(kept.values())[::-1]


def comes_unread(typer: Typer, content: ir.Content, *, sent: bool) -> bool:
    """Whether a body is in a format that nothing here reads, and comes as its text or octets though a schema describes
    more. What is sent as YAML is written: JSON is a part of it."""
    if content.use is None or not is_unread(content.media_type):
        return False
    if sent and is_yaml(content.media_type):
        return False
    return not isinstance(typer.types.get(content.use.type), ir.Scalar | ir.Enum)


def content_annotation(
    typer: Typer,
    content: ir.Content,
    *,
    named: bool,
    sent: bool = False,
    shadow: frozenset[str] = frozenset(),
) -> Annotation | None:
    """The annotation of one media type of a body; None: bytes. ``sent``: of a request."""
    # Lines that are described as a text are structured all the same.
    structured = content.kind in STRUCTURED or kind_of(content.media_type) in STRUCTURED
    is_text = content.kind == "text"
    if content.use is None:
        if content.item_use is not None:
            element = typer.use(content.item_use, named=named, shadow=shadow)
            return Annotation(Code(f"list[{element.text}]"), element.names)
        if structured:
            return Annotation(Code("Any"), frozenset({"Any"}))
        return Annotation(Code("str"), frozenset()) if is_text else None
    if comes_unread(typer, content, sent=sent):
        return Annotation(Code("str"), frozenset()) if is_text else None
    annotation = typer.use(content.use, named=named, shadow=shadow)
    type_ = typer.types.get(content.use.type)
    if isinstance(type_, ir.Scalar) and type_.base == "binary":
        return None  # a file, whatever it is called: "application/json" may well be the file's own type
    # Whatever it is called, and null or not, for which octets have no form.
    plain = typer.use(replace(content.use, nullable=False), shadow=shadow)
    if not structured and not is_text and plain.text in ("str", "Any", "bytes"):
        return None
    return annotation


def requirements(security: list[dict[str, list[str]]]) -> Expr:
    """Alternatives, each a tuple of (scheme, scopes)."""
    return tuple_(
        tuple_(
            tuple_([string(name), tuple_(string(str(scope)) for scope in scopes or ())])
            for name, scopes in alternative.items()
        )
        for alternative in security
    )


def server(address: ir.Server, imports: Imports) -> Expr:
    """``Server(…)``."""
    arguments: list[Expr] = [Code(f"url={string(address.url)}")]
    if doc := clean(address.doc)[:500]:
        arguments.append(Code(f"description={string(doc)}"))
    if address.variables:
        variables = [
            tuple_([string(name), string(default), tuple_(string(value) for value in allowed)])
            for name, default, allowed, _ in address.variables
        ]
        arguments.append(keyword(Code("variables"), tuple_(variables)))
    return call(imports.import_("Server"), *arguments)
