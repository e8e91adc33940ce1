"""What several facets say together: one set of keywords, the types they leave, whether null is allowed."""

from __future__ import annotations

from typing import Any, NamedTuple

from bindwright.ir.lowering.constraints import both
from bindwright.ir.lowering.context import Facet, Lowering
from bindwright.ir.lowering.keywords import (
    ANNOTATIONS,
    ARRAY,
    CONSTRAINTS,
    NUMBER,
    NUMBER_FORMATS,
    OBJECT,
    STRING,
    STRING_FORMATS,
)
from bindwright.ir.lowering.location import Spot
from bindwright.ir.lowering.typenames import types_of
from bindwright.ir.lowering.values import true


class Shape(NamedTuple):
    """Facets, read together."""

    facets: list[Facet]
    keywords: dict[str, Any]
    """The keywords of all; those that hold schemas only say that they are there (read the facets)."""
    types: tuple[str, ...]
    """JSON types that are left, null excluded; none: any."""
    nullable: bool
    format: str | None = None
    """The format that an odd ``type`` implies (``type: date``)."""


def shape(low: Lowering, facets: list[Facet], spot: Spot) -> Shape:
    """Read facets together; what contradicts is diagnosed and the nearest thing is taken."""
    if len(facets) == 1:
        keywords = facets[0].schema
        types, null, implied = types_of(low, keywords, facets[0].spot)
        return Shape(facets, keywords, types, null or says_null(keywords), implied)
    keywords = {}
    for facet in facets:
        _merge(low, keywords, facet, spot)
    return _with_types(low, facets, keywords, spot)


def says_null(schema: dict[str, Any]) -> bool:
    """``nullable: true`` (3.0) and the extensions that said the same in 2.0."""
    return true(schema.get("nullable")) or true(schema.get("x-nullable")) or true(schema.get("x-isnullable"))


def _with_types(low: Lowering, facets: list[Facet], keywords: dict[str, Any], spot: Spot) -> Shape:
    left: tuple[str, ...] | None = None
    nulls: list[bool] = []
    format_: str | None = None
    outer = False
    for facet in facets:
        types, null, implied = types_of(low, facet.schema, facet.spot)
        format_ = implied or format_
        if types or null:
            nulls.append(null or says_null(facet.schema))
        outer = outer or (facet.via is None and says_null(facet.schema))
        if types:
            left = types if left is None else _meet(left, types)
    if left == ():
        low.degrade("contradiction", "what holds together leaves no type: the last one is taken", spot)
        return shape(low, _agreeing(low, facets, spot), spot)
    nullable = outer or (bool(nulls) and all(nulls))
    return Shape(facets, keywords, left or (), nullable, format_)


def _agreeing(low: Lowering, facets: list[Facet], spot: Spot) -> list[Facet]:
    """The facets that leave a type together with the last one that names one."""
    last: tuple[str, ...] = ()
    kept: list[Facet] = []
    for facet in reversed(facets):
        types = types_of(low, facet.schema, spot)[0]
        last = last or types
        if not types or _meet(last, types):
            kept.append(facet)
            last = _meet(last, types) if types else last
    kept.reverse()
    return kept


def _meet(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, ...]:
    """The types that both allow; every integer is a number."""
    found = [one for one in left if one in right or (one == "integer" and "number" in right)]
    if "number" in left and "integer" in right and "integer" not in found:
        found.append("integer")
    return tuple(found)


def _merge(low: Lowering, into: dict[str, Any], facet: Facet, spot: Spot) -> None:
    for key, value in facet.schema.items():
        if facet.via is not None and (key in ANNOTATIONS or key[:2] == "x-" or key == "nullable"):
            continue
        if key == "enum" and isinstance(value, list) and isinstance(into.get("enum"), list):
            into["enum"] = _common(into["enum"], value)
            if not into["enum"]:
                low.degrade("contradiction", "the enums of `allOf` have no value in common", spot)
                into["enum"] = value
        elif key in CONSTRAINTS and into.get(key) is not None and value is not None:
            into[key] = both(key, into[key], value)
        elif key == "example" and "examples" in into:
            into["examples"] = [value]
        else:
            into[key] = value


def _common(left: list[Any], right: list[Any]) -> list[Any]:
    return [one for one in left if any(one == other and type(one) is type(other) for other in right)]


def inferred(keywords: dict[str, Any]) -> str | None:
    """The type a schema without ``type`` means, by the keywords it uses; None for any."""
    if not OBJECT.isdisjoint(keywords):
        return "object"
    if not ARRAY.isdisjoint(keywords):
        return "array"
    format_ = keywords.get("format")
    if isinstance(format_, str):
        if format_ in STRING_FORMATS:
            return "string"
        if format_ in NUMBER_FORMATS:
            return NUMBER_FORMATS[format_]
    if not STRING.isdisjoint(keywords):
        return "string"
    if not NUMBER.isdisjoint(keywords):
        return "number"
    return None
