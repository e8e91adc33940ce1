"""Pages that follow each other: what the runtime has to know, and the type of an item."""

from __future__ import annotations

from typing import Any

from bindwright.ir import model as ir
from bindwright.targets.typescript.models.type_expressions import TypeExpressions
from bindwright.targets.typescript.naming.plan import OperationNames
from bindwright.targets.typescript.syntax.module import Module


def page_facts(operation: ir.Operation, names: OperationNames) -> dict[str, Any]:
    """How the next page is asked for."""
    pages = operation.pages
    if pages is None:
        return {}
    facts: dict[str, Any] = {"style": pages.style}
    if pages.items:
        facts["items"] = pages.items
    if pages.parameter is not None:
        facts["argument"] = _argument(pages.parameter, operation, names)
        parameter = next(
            (candidate for candidate in operation.parameters if candidate.name == pages.parameter), None
        )
        if parameter is not None and parameter.use.type.rpartition(":")[2] in ("int64", "uint64"):
            facts["big"] = True
    for name, argument in (("size", pages.size_parameter), ("back", pages.back)):
        if argument is not None:
            facts[name] = _argument(argument, operation, names)
    said = {"next": pages.next, "more": pages.more, "total": pages.total, "first": pages.first,
            "previous": pages.previous}  # fmt: skip
    return facts | {name: fact for name, fact in said.items() if fact is not None}


def _argument(name: str, operation: ir.Operation, names: OperationNames) -> str:
    """The argument of a parameter; a place in the body stays as it is."""
    parameter = next((candidate for candidate in operation.parameters if candidate.name == name), None)
    return name if parameter is None else names.arguments[f"{parameter.location}:{parameter.name}"]


def item_type(operation: ir.Operation, pages: ir.Pagination, types: TypeExpressions, module: Module) -> str:
    """The type of one item, as far as the document's schemas lead to it."""
    contents = [
        content
        for answer in operation.responses
        if answer.status.startswith("2")
        for content in answer.contents
    ]
    use = next((content.use for content in contents if content.use is not None), None)
    for token in pages.items.split("/")[1:]:
        use = _member(types.api, use, token.replace("~1", "/").replace("~0", "~"))
    type_ = types.api.types[use.type] if use is not None else None
    if isinstance(type_, ir.Array) and type_.items is not None and not type_.prefix:
        return types.use(type_.items, "response", module)
    return module.runtime_type("Json")


def _member(api: ir.Api, use: ir.Use | None, name: str) -> ir.Use | None:
    type_ = api.types[use.type] if use is not None else None
    if not isinstance(type_, ir.Object):
        return None
    return next((property_.use for property_ in type_.properties if property_.name == name), None)
