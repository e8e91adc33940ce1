"""Arrays and tuples (JSON Schema 2020-12 core, 10.3.1; 2.0's and draft 4's list of ``items`` too)."""

from __future__ import annotations

from typing import Any

from bindwright.ir.lowering.context import Facet, Lowering
from bindwright.ir.lowering.facets import expand
from bindwright.ir.lowering.location import Spot
from bindwright.ir.lowering.scalars import intern
from bindwright.ir.lowering.shape import Shape
from bindwright.ir.model import Array, Use


def array_use(low: Lowering, made: Shape, spot: Spot, name: str | None) -> Use:
    """A list; a tuple where the first items have schemas of their own."""
    array = Array(id=spot.id, items=None)
    low.types[array.id] = array
    array.prefix = _prefix(low, made)
    array.items = _rest(low, made, spot, bool(array.prefix))
    if array.prefix and array.items is not None:
        low.degrade(
            "open-tuple",
            "items after those of `prefixItems`: a list of any of them",
            spot,
            "write `items: false`",
        )
    return Use(type=array.id)


def _prefix(low: Lowering, made: Shape) -> list[Use]:
    for facet in reversed(made.facets):
        for keyword in ("prefixItems", "items"):
            given = facet.schema.get(keyword)
            if isinstance(given, list):
                return [
                    low.use(low, one, facet.spot.down(f"/{keyword}/{index}", f"item {index + 1}"))
                    for index, one in enumerate(given)
                ]
    return []


def _rest(low: Lowering, made: Shape, spot: Spot, tuple_: bool) -> Use | None:
    found: list[tuple[Any, Spot]] = []
    for facet in made.facets:
        for keyword in _rest_keywords(facet.schema):
            if keyword in facet.schema and not isinstance(facet.schema[keyword], list):
                found.append((facet.schema[keyword], facet.spot.down("/" + keyword, "item")))
    if not found:
        if tuple_ and _nodes(made):
            return None
        if not tuple_:
            low.warn(
                "array-without-items",
                "an array without `items`: any item is allowed",
                spot,
                "say what it holds",
            )
        return Use(type=intern(low, "any", {}))
    if len(found) == 1 or all(one[0] == found[0][0] for one in found):
        schema, at = found[-1]
        return None if tuple_ and schema is False else low.use(low, schema, at)
    facets: list[Facet] = []
    for schema, at in found:
        if isinstance(schema, dict):
            facets += expand(low, schema, at)
    below = spot.down("/items", "item")
    below.source = found[-1][1]
    return low.build(low, facets, below)


def _nodes(made: Shape) -> bool:
    """Whether `prefixItems` are nodes of XML in a certain order: their examples (OpenAPI 3.2.0, "Ordered
    Elements and Text") have nothing else after them, and do not say so."""
    given = [one for facet in made.facets for one in facet.schema.get("prefixItems") or ()]
    return any(isinstance(one, dict) and isinstance(one.get("xml"), dict) for one in given)


def _rest_keywords(schema: dict[str, Any]) -> tuple[str, ...]:
    if isinstance(schema.get("items"), list):
        return ("additionalItems", "unevaluatedItems")
    return ("items", "unevaluatedItems") if "items" not in schema else ("items",)
