"""Arrays and tuples (JSON Schema 2020-12 core, 10.3.1; 2.0's and draft 4's list of ``items`` too)."""

from __future__ import annotations

from typing import Any

from bindwright.ir.lowering.context import Lowering, Subschema
from bindwright.ir.lowering.location import Location
from bindwright.ir.lowering.merged_schema import MergedSchema
from bindwright.ir.lowering.scalars import intern
from bindwright.ir.lowering.subschemas import expand
from bindwright.ir.model import Array, Use


def array_use(context: Lowering, merged: MergedSchema, location: Location, name: str | None) -> Use:
    """A list; a tuple where the first items have schemas of their own."""
    array = Array(id=location.id, items=None)
    context.types[array.id] = array
    array.prefix = _prefix(context, merged)
    array.items = _rest(context, merged, location, bool(array.prefix))
    if array.prefix and array.items is not None:
        context.degrade(
            "open-tuple",
            "items after those of `prefixItems`: a list of any of them",
            location,
            "write `items: false`",
        )
    return Use(type=array.id)


def _prefix(context: Lowering, merged: MergedSchema) -> list[Use]:
    for subschema in reversed(merged.subschemas):
        for keyword in ("prefixItems", "items"):
            given = subschema.schema.get(keyword)
            if isinstance(given, list):
                return [
                    context.use(
                        context, one, subschema.location.down(f"/{keyword}/{index}", f"item {index + 1}")
                    )
                    for index, one in enumerate(given)
                ]
    return []


def _rest(context: Lowering, merged: MergedSchema, location: Location, tuple_: bool) -> Use | None:
    found: list[tuple[Any, Location]] = []
    for subschema in merged.subschemas:
        for keyword in _rest_keywords(subschema.schema):
            if keyword in subschema.schema and not isinstance(subschema.schema[keyword], list):
                found.append((subschema.schema[keyword], subschema.location.down("/" + keyword, "item")))
    if not found:
        if tuple_ and _nodes(merged):
            return None
        if not tuple_:
            context.warn(
                "array-without-items",
                "an array without `items`: any item is allowed",
                location,
                "say what it holds",
            )
        return Use(type=intern(context, "any", {}))
    if len(found) == 1 or all(one[0] == found[0][0] for one in found):
        schema, at = found[-1]
        return None if tuple_ and schema is False else context.use(context, schema, at)
    subschemas: list[Subschema] = []
    for schema, at in found:
        if isinstance(schema, dict):
            subschemas += expand(context, schema, at)
    below = location.down("/items", "item")
    below.source = found[-1][1]
    return context.build(context, subschemas, below)


def _nodes(merged: MergedSchema) -> bool:
    """Whether `prefixItems` are nodes of XML in a certain order: their examples (OpenAPI 3.2.0, "Ordered
    Elements and Text") have nothing else after them, and do not say so."""
    given = [one for subschema in merged.subschemas for one in subschema.schema.get("prefixItems") or ()]
    return any(isinstance(one, dict) and isinstance(one.get("xml"), dict) for one in given)


def _rest_keywords(schema: dict[str, Any]) -> tuple[str, ...]:
    if isinstance(schema.get("items"), list):
        return ("additionalItems", "unevaluatedItems")
    return ("items", "unevaluatedItems") if "items" not in schema else ("items",)
