"""``x-pagination`` and ``x-poll``: pages that iterate themselves, and waiting for what takes its time."""

from __future__ import annotations

from bindwright.ir import model as ir
from bindwright.targets.python.models.type_expressions import Annotation, Typer
from bindwright.targets.python.naming.vendor_extensions import given, is_long_running
from bindwright.targets.python.syntax.code import Code, literal, string
from bindwright.targets.python.syntax.layout import Expr, call, tuple_
from bindwright.targets.python.syntax.module import Imports

_TEXTS = ("items", "parameter", "size_parameter", "next", "more", "total")


def pagination(operation: ir.Operation, imports: Imports) -> Expr:
    """``Pagination(…)``."""
    data = given(operation.pagination)
    arguments: list[Expr] = [Code(f"style={string(data['style'])}")]
    arguments += [Code(f"{key}={string(data[key])}") for key in _TEXTS if isinstance(data.get(key), str)]
    if isinstance(first := data.get("first"), int):
        arguments.append(Code(f"first={literal(first)}"))
    return call(imports.import_("Pagination"), *arguments)


def poll(operation: ir.Operation, imports: Imports) -> Expr:
    """``Poll(…)``."""
    if is_long_running(operation):
        return call(imports.import_("Poll"), Code('state=""'), Code("follow=True"))
    data = given(operation.poll)
    arguments: list[Expr] = [Code(f"state={string(data['state'])}")]
    for key in ("done", "failed"):
        if key in data:
            states = data[key] if isinstance(data[key], list) else [data[key]]
            items = tuple_(literal(state) for state in states if not isinstance(state, (list, dict)))
            arguments.append(Code(f"{key}={items.flat}"))
    if isinstance(data.get("progress"), str):
        arguments.append(Code(f"progress={string(data['progress'])}"))
    for key in ("interval", "timeout"):
        if isinstance(data.get(key), (int, float)):
            arguments.append(Code(f"{key}={literal(float(data[key]))}"))
    return call(imports.import_("Poll"), *arguments)


def item(typer: Typer, operation: ir.Operation, shadow: frozenset[str]) -> Annotation:
    """The type of the items on a page; anything where the document does not tell."""
    pointer = given(operation.pagination).get("items") or ""
    good = [
        content
        for response in operation.responses
        if response.status[:1] == "2"
        for content in response.contents
    ]
    use = next((content.use for content in good if content.use is not None), None)
    for part in [
        part for part in str(pointer).partition("#")[2 if "#" in str(pointer) else 0].split("/") if part
    ]:
        type_ = typer.types.get(use.type) if use is not None else None
        members = type_.properties if isinstance(type_, ir.Object) else []
        use = next((property_.use for property_ in members if property_.name == part), None)
    type_ = typer.types.get(use.type) if use is not None else None
    if isinstance(type_, ir.Array) and type_.items is not None:
        return typer.use(type_.items, shadow=shadow)
    return Annotation(Code("Any"), frozenset({"Any"}))
