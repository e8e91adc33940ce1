"""``Operation(…)``: an operation as data, for the sans-I/O layer of the runtime."""

from __future__ import annotations

import re

from bindwright.ir import model as ir
from bindwright.targets.python.client.paging_and_polling import pagination, poll
from bindwright.targets.python.models.type_expressions import Annotation, Typer
from bindwright.targets.python.models.wire_facts import Facts
from bindwright.targets.python.naming.vendor_extensions import is_paged, is_polled
from bindwright.targets.python.syntax.code import Code, string
from bindwright.targets.python.syntax.docstrings import clean
from bindwright.targets.python.syntax.layout import Expr, call, keyword, tuple_

_STRUCTURED = re.compile(r"(?:^|[/+])(?:json|xml)\b|jsonlines|ndjson|x-www-form-urlencoded|^multipart/", re.I)
_STYLES = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}


class Operations:
    """Writes operations; the helpers they need are noted in `needs`."""

    def __init__(self, typer: Typer, facts: Facts) -> None:
        self.typer, self.facts = typer, facts

    def operation(self, one: ir.Operation, name: str, needs: set[str]) -> Expr:
        """The whole call."""
        needs.add("Operation")
        found: list[Expr] = [
            Code(f"id={string(name)}"), Code(f"method={string(one.method.upper())}"), Code(f"path={string(one.path)}")
        ]  # fmt: skip
        if one.parameters:
            found.append(
                keyword(
                    Code("parameters"), tuple_(self.parameter(each, needs) for each in unique(one.parameters))
                )
            )
        if one.body is not None and one.body.contents:
            found.append(
                keyword(Code("body"), tuple_(self.content(each, needs) for each in one.body.contents))
            )
            if one.body.required:
                found.append(Code("body_required=True"))
        if one.responses:
            found.append(
                keyword(Code("responses"), tuple_(self.response(each, needs) for each in one.responses))
            )
        if one.security is not None:
            found.append(keyword(Code("security"), requirements(one.security)))
        if one.servers:
            found.append(keyword(Code("servers"), tuple_(server(each, needs) for each in one.servers)))
        if one.deprecated:
            found.append(Code("deprecated=True"))
        if is_paged(one):
            found.append(keyword(Code("pagination"), pagination(one, needs)))
        if is_polled(one):
            found.append(keyword(Code("poll"), poll(one, needs)))
        return call(Code("Operation"), *found)

    def parameter(self, one: ir.Parameter, needs: set[str]) -> Expr:
        """``Parameter(…)``; what is the default of its location is left out."""
        needs.add("Parameter")
        found: list[Expr] = [Code(f"name={string(one.name)}"), Code(f"location={string(one.location)}")]
        if (text := self.typer.use(one.use).text) != "str":
            found.append(Code(f"type={string(text)}"))
        found += self._wire(one.use, needs)
        if one.required:
            found.append(Code("required=True"))
        if one.content is not None:
            found.append(Code(f"content={string(one.content)}"))
        elif one.location != "querystring":
            if one.style and one.style != _STYLES.get(one.location):
                found.append(Code(f"style={string(one.style)}"))
            if one.explode != (one.style in ("form", "cookie")):
                found.append(Code(f"explode={one.explode!r}"))
        if one.allow_reserved:
            found.append(Code("allow_reserved=True"))
        if one.allow_empty:
            found.append(Code("allow_empty=True"))
        return call(Code("Parameter"), *found)

    def _wire(self, use: ir.Use, needs: set[str], name: str = "wire") -> list[Expr]:
        made = self.facts.at(use, needs)
        if not made.items:
            return []
        needs.add("at")
        return [keyword(Code(name), made)]

    def content(self, one: ir.Content, needs: set[str]) -> Expr:
        """``Content(…)``."""
        needs.add("Content")
        found: list[Expr] = [Code(f"media_type={string(one.media_type)}")]
        if (text := self.content_type(one)) is not None:
            found.append(Code(f"type={string(text)}"))
            if one.use is not None:
                found += self._wire(one.use, needs)
        if one.item_use is not None:
            found.append(Code(f"item_type={string(self.typer.use(one.item_use, named=True).text)}"))
            found += self._wire(one.item_use, needs, "item_wire")
        if one.parts:
            found.append(keyword(Code("parts"), tuple_(self._part(each, needs) for each in one.parts)))
        return call(Code("Content"), *found)

    def content_type(self, one: ir.Content, *, named: bool = True) -> Code | None:
        """The type expression of a body; None: bytes."""
        annotation = content_annotation(self.typer, one, named=named)
        return annotation.text if annotation is not None else None

    def _part(self, one: ir.Part, needs: set[str]) -> Expr:
        needs.add("Part")
        found: list[Expr] = [Code(f"name={string(one.name)}")]
        if one.content_type is not None:
            found.append(Code(f"content_type={string(one.content_type)}"))
        if one.style is not None:
            found.append(Code(f"style={string(one.style)}"))
        if one.explode is not None:
            found.append(Code(f"explode={one.explode!r}"))
        if one.allow_reserved:
            found.append(Code("allow_reserved=True"))
        if one.headers:
            found.append(
                keyword(Code("headers"), tuple_(self.parameter(each, needs) for each in one.headers))
            )
        return call(Code("Part"), *found)

    def response(self, one: ir.Response, needs: set[str]) -> Expr:
        """``Response(…)``."""
        needs.add("Response")
        found: list[Expr] = [Code(f"status={string(one.status)}")]
        if doc := clean(one.doc)[:500]:
            found.append(Code(f"description={string(doc)}"))
        if one.contents:
            found.append(keyword(Code("content"), tuple_(self.content(each, needs) for each in one.contents)))
        if one.headers:
            found.append(
                keyword(Code("headers"), tuple_(self.parameter(each, needs) for each in one.headers))
            )
        return call(Code("Response"), *found)


def unique(parameters: list[ir.Parameter]) -> list[ir.Parameter]:
    """Parameters without those that repeat another's name and location (OpenAPI forbids them)."""
    return list({(one.location, one.name): one for one in reversed(parameters)}.values())[::-1]


def content_annotation(
    typer: Typer, one: ir.Content, *, named: bool, shadow: frozenset[str] = frozenset()
) -> Annotation | None:
    """The annotation of one media type of a body; None: bytes."""
    structured = bool(_STRUCTURED.search(one.media_type))
    if one.use is None:
        if one.item_use is not None:
            inner = typer.use(one.item_use, named=named, shadow=shadow)
            return Annotation(Code(f"list[{inner.text}]"), inner.names)
        if structured:
            return Annotation(Code("Any"), frozenset({"Any"}))
        return Annotation(Code("str"), frozenset()) if one.media_type.lower().startswith("text/") else None
    annotation = typer.use(one.use, named=named, shadow=shadow)
    type_ = typer.types.get(one.use.type)
    if isinstance(type_, ir.Scalar) and type_.base == "binary":
        return None  # a file, whatever it is called: "application/json" may well be the file's own type
    text = one.media_type.lower().startswith("text/")
    if not structured and not text and annotation.text in ("str", "Any", "bytes"):
        return None
    return annotation


def requirements(security: list[dict[str, list[str]]]) -> Expr:
    """Alternatives, each a tuple of (scheme, scopes)."""
    return tuple_(
        tuple_(
            tuple_([string(name), tuple_(string(str(scope)) for scope in scopes or ())])
            for name, scopes in one.items()
        )
        for one in security
    )


def server(one: ir.Server, needs: set[str]) -> Expr:
    """``Server(…)``."""
    needs.add("Server")
    found: list[Expr] = [Code(f"url={string(one.url)}")]
    if doc := clean(one.doc)[:500]:
        found.append(Code(f"description={string(doc)}"))
    if one.variables:
        variables = [
            tuple_([string(name), string(default), tuple_(string(each) for each in allowed)])
            for name, default, allowed, _ in one.variables
        ]
        found.append(keyword(Code("variables"), tuple_(variables)))
    return call(Code("Server"), *found)
