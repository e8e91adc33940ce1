"""Arrays and tuples (JSON Schema 2020-12 core, 10.3.1; 2.0's and draft 4's list of ``items`` too)."""

from __future__ import annotations

from typing import Any

from bindwright.ir.lowering.context import Lowering, MergedSchema
from bindwright.ir.lowering.location import Location
from bindwright.ir.lowering.scalars import intern
from bindwright.ir.lowering.schemas.together import use_of_all
from bindwright.ir.lowering.values import count
from bindwright.ir.model import Array, Use


def array_use(context: Lowering, merged: MergedSchema, location: Location, name: str | None) -> Use:
    """A list; a tuple where the first items have schemas of their own."""
    array = Array(id=location.id, items=None)
    context.types[array.id] = array
    array.prefix = _prefix(context, merged, location)
    array.items = _rest(context, merged, location, bool(array.prefix))
    array.fewest = min(count(merged.keywords.get("minItems")) or 0, len(array.prefix))
    most = count(merged.keywords.get("maxItems"))
    if array.prefix and most is not None and most <= len(array.prefix):
        array.items = (
            None  # as `items: false` (JSON Schema 2020-12 validation, 6.4.1): nothing comes after them
        )
    if array.prefix and array.items is not None:
        context.degrade(
            "open-tuple",
            "items after those of `prefixItems`: a list of any of them",
            location,
            "write `items: false`, or a `maxItems` that ends the list with `prefixItems`",
        )
    return Use(type=array.id)


def _prefix(context: Lowering, merged: MergedSchema, location: Location) -> list[Use]:
    """The uses of the first items: at each position, all that a subschema says of it holds."""
    positions: list[list[tuple[Any, Location]]] = []
    for subschema in merged.subschemas:
        for keyword in ("prefixItems", "items"):
            prefix = subschema.schema.get(keyword)
            for index, item in enumerate(prefix if isinstance(prefix, list) else ()):
                if index == len(positions):
                    positions.append([])
                spot = subschema.location.down(f"/{keyword}/{index}", f"item {index + 1}")
                positions[index].append((item, spot))
    return [
        use_of_all(context, declarations, location.down(f"/prefixItems/{index}", f"item {index + 1}"))
        for index, declarations in enumerate(positions)
    ]


def _rest(context: Lowering, merged: MergedSchema, location: Location, tuple_: bool) -> Use | None:
    rest: list[tuple[Any, Location]] = []
    for subschema in merged.subschemas:
        for keyword in _rest_keywords(subschema.schema, merged):
            if keyword in subschema.schema and not isinstance(subschema.schema[keyword], list):
                rest.append((subschema.schema[keyword], subschema.location.down("/" + keyword, "item")))
    if not rest:
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
    if any(schema is False for schema, _ in rest):
        return None if tuple_ else _nothing(context, merged)
    return use_of_all(context, rest, location.down("/items", "item"))


def _nothing(context: Lowering, merged: MergedSchema) -> Use:
    """Items of which none is valid: the array is empty, as with `maxItems: 0`."""
    merged.keywords["maxItems"] = 0
    return Use(type=intern(context, "never", {}))


def _nodes(merged: MergedSchema) -> bool:
    """Whether `prefixItems` are nodes of XML in a certain order: their examples (OpenAPI 3.2.0, "Ordered
    Elements and Text") have nothing else after them, and do not say so."""
    items = [item for subschema in merged.subschemas for item in subschema.schema.get("prefixItems") or ()]
    return any(isinstance(item, dict) and isinstance(item.get("xml"), dict) for item in items)


def _rest_keywords(schema: dict[str, Any], merged: MergedSchema) -> tuple[str, ...]:
    """Keywords of the items behind those of the positions.

    Items that `contains` takes are evaluated (JSON Schema 2020-12 core, 11.2): `unevaluatedItems` says nothing of them.
    """
    first = "additionalItems" if isinstance(schema.get("items"), list) else "items"
    if (first == "items" and "items" in schema) or "contains" in merged.keywords:
        return (first,)
    return (first, "unevaluatedItems")
