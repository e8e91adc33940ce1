"""What types cannot say: each keyword is told, and the members it names are kept as optional ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bindwright.ir.lowering.context import Lowering, MergedSchema, Subschema
from bindwright.ir.lowering.keywords import ARRAY, OBJECT
from bindwright.ir.lowering.kinds import alternatives_of
from bindwright.ir.lowering.location import Location, escape
from bindwright.ir.lowering.references import resolve_schema
from bindwright.ir.lowering.typenames import is_null

UNEXPRESSED = {
    "not": ("unexpressed-not", "`not` takes values away, which types cannot"),
    "if": (
        "unexpressed-if",
        "`if` makes members depend on values: those of `then` and `else` are optional",
    ),
    "contains": ("unexpressed-contains", "`contains` asks for some item, which types cannot"),
    "dependentRequired": (
        "unexpressed-dependent-required",
        "`dependentRequired` makes members depend on each other",
    ),
    "dependentSchemas": (
        "unexpressed-dependent-schemas",
        "`dependentSchemas` makes members depend on each other: theirs are optional",
    ),
    "dependencies": (
        "unexpressed-dependencies",
        "`dependencies` makes members depend on each other: theirs are optional",
    ),
}
"""Keywords to the code and the words of what is given up."""
_UNEXPRESSED = frozenset(UNEXPRESSED)
_CONDITIONAL = frozenset({"then", "else", "dependentSchemas", "dependencies", "oneOf", "anyOf"})
_OF_ONE_TYPE = ARRAY | OBJECT


def report_leftovers(context: Lowering, merged: MergedSchema, location: Location) -> None:
    """Degrade for each keyword of the location's own schemas that types cannot say."""
    words = merged.keywords
    for keyword in () if _UNEXPRESSED.isdisjoint(words) else UNEXPRESSED:
        if keyword not in words:
            continue
        code, why = UNEXPRESSED[keyword]
        subschemas = [
            subschema
            for subschema in merged.subschemas
            if subschema.via is None and keyword in subschema.schema
        ]
        if subschemas and not (keyword == "not" and _void(subschemas[0].schema["not"])):
            context.degrade(code, why, location)
    if not merged.types and not OBJECT.isdisjoint(words) and not ARRAY.isdisjoint(words):
        context.degrade(
            "unread-keyword",
            "keywords of objects and of arrays without a `type`: those of arrays have no effect",
            location,
            "write `type: [object, array]`",
        )
    _foreign(context, merged, location)
    if "$dynamicRef" in words:
        context.degrade(
            "dynamic-reference", "a `$dynamicRef` that is merged with other schemas is not followed", location
        )
    if "oneOf" in words or "anyOf" in words:
        _dropped(context, merged, location)


def _foreign(context: Lowering, merged: MergedSchema, location: Location) -> None:
    """JSON Schema 2020-12 validation, 6: keywords of arrays say nothing of objects, nor the other way round."""
    types = merged.types
    if not types or ("array" in types and "object" in types):
        return
    own: set[str] = set()
    for subschema in merged.subschemas:
        if subschema.via is None:
            own.update(_OF_ONE_TYPE.intersection(subschema.schema))
    for type_, keywords in (("array", ARRAY), ("object", OBJECT)):
        if type_ not in types and (names := sorted(keywords & own)):
            why = ", ".join(f"`{name}`" for name in names) + f" where no {type_} is allowed: no effect"
            context.note("unread-keyword", why, location)


def _void(schema: Any) -> bool:
    return schema in ({}, False) or is_null(schema)


def _dropped(context: Lowering, merged: MergedSchema, location: Location) -> None:
    typed = {
        (id(group.subschema.schema), group.keyword) for group in alternatives_of(context, merged, location)
    }
    for subschema in merged.subschemas:
        for keyword in ("oneOf", "anyOf"):
            branches = subschema.schema.get(keyword)
            if branches is None or subschema.via is not None or (id(subschema.schema), keyword) in typed:
                continue
            if not isinstance(branches, list) or not branches:
                context.degrade("invalid-schema", f"`{keyword}` is not a list of schemas", location)
            elif any(isinstance(branch, dict) and "$ref" in branch for branch in branches):
                if "discriminator" not in subschema.schema:
                    context.degrade(
                        "union-of-derived", f"`{keyword}` lists types derived from this one", location
                    )
            else:
                context.degrade(
                    "alternative-members", f"`{keyword}` only says which members must be there", location
                )


def conditional(context: Lowering, subschema: Subschema) -> Iterator[tuple[str, dict[str, Any], Location]]:
    """Schemas whose members may be there or not, each with its keyword and with where it stands."""
    schema = subschema.schema
    if _CONDITIONAL.isdisjoint(schema):
        return
    for keyword in ("then", "else"):
        if keyword in schema and "if" in schema:
            for branch in _opened(context, schema[keyword], subschema.location.down("/" + keyword)):
                yield (keyword, *branch)
    for keyword in ("dependentSchemas", "dependencies"):
        dependents = schema.get(keyword)
        for name, dependent in dependents.items() if isinstance(dependents, dict) else ():
            below = subschema.location.down(f"/{keyword}/{escape(str(name))}")
            for branch in _opened(context, dependent, below):
                yield (keyword, *branch)
    for keyword in ("oneOf", "anyOf"):
        branches = schema.get(keyword)
        if isinstance(branches, list) and all(
            isinstance(branch, dict) and "$ref" not in branch for branch in branches
        ):
            for index, dependent in enumerate(branches):
                for branch in _opened(context, dependent, subschema.location.down(f"/{keyword}/{index}")):
                    yield (keyword, *branch)


def _opened(context: Lowering, schema: Any, location: Location) -> Iterator[tuple[dict[str, Any], Location]]:
    """The schema, and what it includes by reference or ``allOf`` one level down."""
    if not isinstance(schema, dict):
        return
    if "$ref" in schema:
        target = resolve_schema(context, schema["$ref"], location)
        if target is not None and isinstance(target.schema, dict):
            yield target.schema, target.location
    yield schema, location
    members = schema.get("allOf")
    for index, member in enumerate(members if isinstance(members, list) else ()):
        if isinstance(member, dict):
            yield member, location.down(f"/allOf/{index}")
