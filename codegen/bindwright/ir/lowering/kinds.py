"""Which kind of type a shape becomes."""

from __future__ import annotations

from typing import Any, Literal

from bindwright.ir.lowering.context import Alternatives, Lowering, MergedSchema, Subschema
from bindwright.ir.lowering.keywords import SHAPING
from bindwright.ir.lowering.location import Location
from bindwright.ir.lowering.merged_schema import inferred
from bindwright.ir.lowering.references import resolve_schema
from bindwright.ir.lowering.subschemas import included
from bindwright.ir.lowering.values import named_values

Kind = Literal["enum", "union", "types", "object", "array", "scalar"]
_LISTS: tuple[Literal["oneOf"], Literal["anyOf"]] = ("oneOf", "anyOf")
_SAYS_NOTHING = SHAPING - {"required", "not", "dependentRequired", "minProperties", "maxProperties"}


def kind(context: Lowering, merged: MergedSchema, location: Location) -> Kind:
    """The kind; a union only where the alternatives tell types (not mere sets of required members)."""
    words = merged.keywords
    if "const" in words or _has_values(words) or extensible_values(merged):
        return "enum"
    if ("oneOf" in words or "anyOf" in words) and alternatives_of(context, merged, location):
        return "union"
    types = merged.types
    if len(types) > 1:
        return "types"
    json_type = types[0] if types else _implied(merged)
    if json_type == "object":
        return "object"
    return "array" if json_type == "array" else "scalar"


def _has_values(words: dict[str, Any]) -> bool:
    values, named = words.get("enum"), words.get("x-dcs-enum")
    return (isinstance(values, list) and bool(values)) or bool(named_values(named))


def extensible_values(merged: MergedSchema) -> list[str]:
    """The values of ``x-extensible-enum``, of strings: to those of the list any other may come."""
    values = merged.keywords.get("x-extensible-enum")
    if not isinstance(values, list) or merged.types not in ((), ("string",)) or _has_values(merged.keywords):
        return []
    return values if all(isinstance(value, str) for value in values) else []


def _implied(merged: MergedSchema) -> str | None:
    if merged.keywords.get("type") in ("null", ["null"]) or "x-dcs-type" in merged.keywords:
        return None
    return inferred(merged.keywords)


def alternatives_of(context: Lowering, merged: MergedSchema, location: Location) -> list[Alternatives]:
    """The alternatives of a shape that tell types."""
    result: list[Alternatives] = []
    for subschema in merged.subschemas:
        for keyword in _LISTS:
            branches = subschema.schema.get(keyword)
            if isinstance(branches, list) and branches and _tells(context, branches, subschema, location):
                result.append(Alternatives(subschema, keyword, branches))
    return result


def _tells(context: Lowering, branches: list[Any], subschema: Subschema, location: Location) -> bool:
    if all(isinstance(branch, dict) and _SAYS_NOTHING.isdisjoint(branch) for branch in branches):
        # Only `required` sets and the like, or nothing at all: but `{}` and `{nullable: true}` are types.
        return all(SHAPING.isdisjoint(branch) for branch in branches)
    return not any(
        isinstance(branch, dict) and _leads_back(context, branch, subschema, location) for branch in branches
    )


def _leads_back(context: Lowering, branch: dict[str, Any], subschema: Subschema, location: Location) -> bool:
    """Whether an alternative is a type that is derived from the one that lists it (or the one at hand)."""
    if "$ref" not in branch:
        return False
    target = resolve_schema(context, branch["$ref"], subschema.location)
    if target is None:
        return False
    if target.id == location.id:
        return True
    if not isinstance(target.schema, dict) or not isinstance(target.schema.get("allOf"), list):
        return False
    return not {location.id, subschema.location.id}.isdisjoint(
        included(context, target.schema, target.location)
    )
