"""``x-pagination`` and ``x-poll``: pages that iterate themselves, and waiting for what takes its time."""

from __future__ import annotations

from bindwright.ir import model as ir
from bindwright.targets.python.models.annotation import Annotation
from bindwright.targets.python.models.type_expressions import Typer, joined
from bindwright.targets.python.syntax.code import Code, literal, string
from bindwright.targets.python.syntax.layout import Expr, call, tuple_
from bindwright.targets.python.syntax.module import Imports

_TEXTS = ("items", "parameter", "size_parameter", "next", "more", "total", "back", "previous")


def pagination(operation: ir.Operation, imports: Imports) -> Expr:
    """``Pagination(…)``."""
    pages = operation.pages
    assert pages is not None
    arguments: list[Expr] = [Code(f"style={string(pages.style)}")]
    arguments += [Code(f"{key}={string(text)}") for key in _TEXTS if (text := getattr(pages, key))]
    if pages.first is not None:
        arguments.append(Code(f"first={literal(pages.first)}"))
    return call(imports.import_("Pagination"), *arguments)


def poll(operation: ir.Operation, imports: Imports) -> Expr:
    """``Poll(…)``."""
    polling = operation.polling
    assert polling is not None
    arguments: list[Expr] = [Code(f"state={string(polling.state)}")]
    if polling.follow:
        arguments.append(Code("follow=True"))
    for key in ("done", "failed"):
        if states := getattr(polling, key):
            arguments.append(Code(f"{key}={tuple_(literal(state) for state in states).flat}"))
    if polling.progress is not None:
        arguments.append(Code(f"progress={string(polling.progress)}"))
    for key in ("interval", "timeout"):
        if (seconds := getattr(polling, key)) is not None:
            arguments.append(Code(f"{key}={literal(seconds)}"))
    return call(imports.import_("Poll"), *arguments)


def item(typer: Typer, operation: ir.Operation, shadow: frozenset[str]) -> Annotation:
    """The types of the items on a page, of each media type; anything where the document does not tell."""
    pointer = operation.pages.items if operation.pages is not None else ""
    tokens = [token for token in pointer.partition("#")[2 if "#" in pointer else 0].split("/") if token]
    uses = [
        item_use
        for response in operation.responses
        if response.status[:1] == "2"
        for content in response.contents
        if content.use is not None and (item_use := _item_use(typer, content.use, tokens)) is not None
    ]
    return joined(typer.use(use, shadow=shadow) for use in uses)


def _item_use(typer: Typer, body: ir.Use, tokens: list[str]) -> ir.Use | None:
    """The use of the items of the list at a pointer into a body; None where no list is described there."""
    use: ir.Use | None = body
    for token in tokens:
        type_ = typer.types.get(use.type) if use is not None else None
        members = type_.properties if isinstance(type_, ir.Object) else []
        use = next((property_.use for property_ in members if property_.name == token), None)
    type_ = typer.types.get(use.type) if use is not None else None
    return type_.items if isinstance(type_, ir.Array) else None
