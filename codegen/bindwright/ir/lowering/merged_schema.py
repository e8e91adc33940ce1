"""What several subschemas say together: one set of keywords, the types they leave, whether null is allowed."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from bindwright.ir.lowering.constraints import both
from bindwright.ir.lowering.context import Lowering, MergedSchema, Subschema
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
from bindwright.ir.lowering.location import Location
from bindwright.ir.lowering.typenames import types_of
from bindwright.ir.lowering.values import true


def merge_schemas(context: Lowering, subschemas: list[Subschema], location: Location) -> MergedSchema:
    """Read subschemas together; what contradicts is diagnosed and the nearest thing is taken."""
    if len(subschemas) == 1:
        keywords = subschemas[0].schema
        types, null, implied = types_of(context, keywords, subschemas[0].location)
        return MergedSchema(subschemas, keywords, types, null or says_null(keywords), implied)
    keywords = {}
    # All are merged, also behind one that contradicts those before it.
    contradictions = [_merge(context, keywords, subschema, location) for subschema in subschemas]
    merged = _with_types(context, subschemas, keywords, location)
    return replace(merged, contradictory=True) if any(contradictions) else merged


def says_null(schema: dict[str, Any]) -> bool:
    """``nullable: true`` (3.0) and the extensions that said the same in 2.0."""
    return true(schema.get("nullable")) or true(schema.get("x-nullable")) or true(schema.get("x-isnullable"))


def _with_types(
    context: Lowering, subschemas: list[Subschema], keywords: dict[str, Any], location: Location
) -> MergedSchema:
    remaining: tuple[str, ...] | None = None
    nulls: list[bool] = []
    format_: str | None = None
    outer = False
    for subschema in subschemas:
        types, null, implied = types_of(context, subschema.schema, subschema.location)
        format_ = implied or format_
        if types or null:
            nulls.append(null or says_null(subschema.schema))
        outer = outer or (subschema.via is None and says_null(subschema.schema))
        if types:
            remaining = types if remaining is None else _meet(remaining, types)
    if remaining == ():
        context.degrade(
            "contradiction", "what holds together leaves no type: the last one is taken", location
        )
        agreeing = merge_schemas(context, _agreeing(context, subschemas, location), location)
        return replace(agreeing, contradictory=True)
    nullable = outer or (bool(nulls) and all(nulls))
    return MergedSchema(subschemas, keywords, remaining or (), nullable, format_)


def _agreeing(context: Lowering, subschemas: list[Subschema], location: Location) -> list[Subschema]:
    """The subschemas that leave a type together with the last one that names one."""
    last: tuple[str, ...] = ()
    kept: list[Subschema] = []
    for subschema in subschemas[::-1]:
        types = types_of(context, subschema.schema, location)[0]
        last = last or types
        if not types or _meet(last, types):
            kept.append(subschema)
            last = _meet(last, types) if types else last
    kept.reverse()
    return kept


def _meet(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    """The types that both allow; every integer is a number."""
    result = [name for name in first if name in second or (name == "integer" and "number" in second)]
    if "number" in first and "integer" in second and "integer" not in result:
        result.append("integer")
    return tuple(result)


def _merge(context: Lowering, into: dict[str, Any], subschema: Subschema, location: Location) -> bool:
    """Add the keywords of a subschema; whether its listed values are none of those before it."""
    contradicts = False
    for key, value in subschema.schema.items():
        if subschema.via is not None and (key in ANNOTATIONS or key[:2] == "x-" or key == "nullable"):
            continue
        if key == "enum" and isinstance(value, list) and isinstance(into.get("enum"), list):
            into["enum"] = _common(into["enum"], value)
            if not into["enum"]:
                context.degrade("contradiction", "the enums of `allOf` have no value in common", location)
                into["enum"] = value
                contradicts = True
        elif key == "const" and "const" in into and not _common([into["const"]], [value]):
            context.degrade(
                "contradiction", "the constants of `allOf` differ: the last one is taken", location
            )
            into["const"] = value
            contradicts = True
        elif key in CONSTRAINTS and into.get(key) is not None and value is not None:
            into[key] = both(key, into[key], value)
        elif key == "example" and "examples" in into:
            into["examples"] = [value]
        else:
            into[key] = value
    return contradicts


def _common(first: list[Any], second: list[Any]) -> list[Any]:
    return [
        value for value in first if any(value == other and type(value) is type(other) for other in second)
    ]


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
