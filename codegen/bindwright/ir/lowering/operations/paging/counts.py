"""Signs of pages that are counted."""

from __future__ import annotations

from collections.abc import Mapping

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.operations.paging.members import SIZES, TOTALS, only_list
from bindwright.ir.lowering.operations.paging.places import (
    first_page,
    parameter_of,
)
from bindwright.ir.model import Json, Operation, Property


def by_count(
    context: Lowering, operation: Operation, members: Mapping[str, Property], names: set[str]
) -> Json:
    """A page's number or an offset, with a size, a total and one list; it must be told where numbers begin."""
    items = only_list(context, members)
    total = next((name for name in TOTALS if name in members), None)
    size = next((name for name in SIZES if name in names), None)
    if items is None or total is None or size is None:
        return None
    facts = {"items": f"/{items}", "total": f"/{total}", "size_parameter": size}
    for name in ("offset", "skip"):
        if name in names and "page" not in names:
            return {"style": "offset", "parameter": name, **facts}
    first = first_page(parameter_of(operation, "page"))
    return {"style": "page", "parameter": "page", "first": first, **facts} if first is not None else None
