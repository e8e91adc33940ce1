"""``$dynamicRef``: schemas that leave a part of themselves to whoever refers to them (2020-12 core, 8.2.3.2).

Such a schema is a type of its own, with the part that it has itself, and is read anew below each reference
that says something else with a ``$dynamicAnchor``: a page of users beside the page of anything.
"""

from __future__ import annotations

from typing import Any

from bindwright.ir.lowering.context import Lowering, Target


def has_anchors(schema: dict[str, Any]) -> bool:
    """Whether a schema, or one of its ``$defs``, has a ``$dynamicAnchor``."""
    if "$dynamicAnchor" in schema:
        return True
    parts = schema.get("$defs")
    return isinstance(parts, dict) and any(
        isinstance(part, dict) and "$dynamicAnchor" in part for part in parts.values()
    )


def asks(context: Lowering, target: Target) -> bool:
    """Whether a ``$dynamicRef`` stands in what a reference leads to."""
    if target.id not in context.dynamic_types:
        context.dynamic_types[target.id] = _mentions(target.schema)
    return context.dynamic_types[target.id]


def _mentions(root: Any) -> bool:
    stack = [root]
    while stack:
        value = stack.pop()
        if type(value) is dict:
            if type(value.get("$dynamicRef")) is str:
                return True
            stack += value.values()
        elif type(value) is list:
            stack += value
    return False
