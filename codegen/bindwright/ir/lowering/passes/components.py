"""Named schemas first, in the document's order, then whatever references lead to."""

from __future__ import annotations

from typing import Any

from bindwright.ir.lowering.context import Lowering, Target
from bindwright.ir.lowering.location import escape
from bindwright.ir.lowering.references import named_spot
from bindwright.ir.lowering.schemas.lower_schema import define
from bindwright.ir.lowering.values import mapping, text


def lower_components(context: Lowering) -> None:
    """Every schema under ``components/schemas`` (2.0: ``definitions``)."""
    holder: Any = context.root if context.swagger else mapping(context.root.get("components"))
    keyword = "definitions" if context.swagger else "schemas"
    head = "/definitions/" if context.swagger else "/components/schemas/"
    schemas = holder.get(keyword)
    if schemas is not None and not isinstance(schemas, dict):
        context.degrade("invalid-schemas", f"`{keyword}` is not an object", named_spot("", head[:-1]))
    targets = []
    for name, schema in mapping(schemas).items():
        pointer = head + escape(text(name))
        target = Target("#" + pointer, schema, named_spot("", pointer))
        target = context.targets.setdefault(target.id, target)
        targets.append(target)
    for target in targets:
        define(context, target)


def lower_referenced(context: Lowering) -> None:
    """What references lead to outside of the named schemas; lowering them may find more."""
    while context.queue:
        define(context, context.queue.popleft())
