"""Which kind of type a shape becomes."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from bindwright.ir.lowering.context import Facet, Lowering
from bindwright.ir.lowering.facets import included
from bindwright.ir.lowering.keywords import SHAPING
from bindwright.ir.lowering.location import Spot
from bindwright.ir.lowering.references import resolve_schema
from bindwright.ir.lowering.shape import Shape, inferred

Kind = Literal["enum", "union", "types", "object", "array", "scalar"]
_LISTS: tuple[Literal["oneOf"], Literal["anyOf"]] = ("oneOf", "anyOf")
_SAYS_NOTHING = SHAPING - {"required", "not", "dependentRequired", "minProperties", "maxProperties"}


class Group(NamedTuple):
    """One ``oneOf`` or ``anyOf``."""

    facet: Facet
    keyword: Literal["oneOf", "anyOf"]
    branches: list[Any]


def kind(low: Lowering, made: Shape, spot: Spot) -> Kind:
    """The kind; a union only where the alternatives tell types (not mere sets of required members)."""
    words = made.keywords
    if "const" in words or _has_values(words):
        return "enum"
    if ("oneOf" in words or "anyOf" in words) and union_groups(low, made, spot):
        return "union"
    types = made.types
    if len(types) > 1:
        return "types"
    found = types[0] if types else _implied(made)
    if found == "object":
        return "object"
    return "array" if found == "array" else "scalar"


def _has_values(words: dict[str, Any]) -> bool:
    values, named = words.get("enum"), words.get("x-dcs-enum")
    return (isinstance(values, list) and bool(values)) or (isinstance(named, dict) and bool(named))


def _implied(made: Shape) -> str | None:
    if made.keywords.get("type") in ("null", ["null"]) or "x-dcs-type" in made.keywords:
        return None
    return inferred(made.keywords)


def union_groups(low: Lowering, made: Shape, spot: Spot) -> list[Group]:
    """The alternatives of a shape that tell types."""
    found: list[Group] = []
    for facet in made.facets:
        for keyword in _LISTS:
            branches = facet.schema.get(keyword)
            if isinstance(branches, list) and branches and _tells(low, branches, facet, spot):
                found.append(Group(facet, keyword, branches))
    return found


def _tells(low: Lowering, branches: list[Any], facet: Facet, spot: Spot) -> bool:
    if all(isinstance(one, dict) and _SAYS_NOTHING.isdisjoint(one) for one in branches):
        # Only `required` sets and the like, or nothing at all: but `{}` and `{nullable: true}` are types.
        return all(SHAPING.isdisjoint(one) for one in branches)
    return not any(isinstance(one, dict) and _leads_back(low, one, facet, spot) for one in branches)


def _leads_back(low: Lowering, branch: dict[str, Any], facet: Facet, spot: Spot) -> bool:
    """Whether an alternative is a type that is derived from the one that lists it (or the one at hand)."""
    if "$ref" not in branch:
        return False
    target = resolve_schema(low, branch["$ref"], facet.spot)
    if target is None:
        return False
    if target.id == spot.id:
        return True
    if not isinstance(target.schema, dict) or not isinstance(target.schema.get("allOf"), list):
        return False
    return not {spot.id, facet.spot.id}.isdisjoint(included(low, target.schema, target.spot))
