"""What types cannot say: each keyword is told, and the members it names are kept as optional ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bindwright.ir.lowering.context import Facet, Lowering
from bindwright.ir.lowering.kinds import union_groups
from bindwright.ir.lowering.location import Spot, escape
from bindwright.ir.lowering.references import resolve_schema
from bindwright.ir.lowering.shape import Shape
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


def report_leftovers(low: Lowering, made: Shape, spot: Spot) -> None:
    """Degrade for each keyword of the spot's own schemas that types cannot say."""
    words = made.keywords
    for keyword, (code, why) in UNEXPRESSED.items():
        if keyword not in words:
            continue
        facets = [one for one in made.facets if one.via is None and keyword in one.schema]
        if facets and not (keyword == "not" and _void(facets[0].schema["not"])):
            low.degrade(code, why, spot)
    if "$dynamicRef" in words:
        low.degrade(
            "dynamic-reference", "a `$dynamicRef` that is merged with other schemas is not followed", spot
        )
    if "oneOf" in words or "anyOf" in words:
        _dropped(low, made, spot)


def _void(schema: Any) -> bool:
    return schema in ({}, False) or is_null(schema)


def _dropped(low: Lowering, made: Shape, spot: Spot) -> None:
    told = {(id(group.facet.schema), group.keyword) for group in union_groups(low, made, spot)}
    for facet in made.facets:
        for keyword in ("oneOf", "anyOf"):
            given = facet.schema.get(keyword)
            if given is None or facet.via is not None or (id(facet.schema), keyword) in told:
                continue
            if not isinstance(given, list) or not given:
                low.degrade("invalid-schema", f"`{keyword}` is not a list of schemas", spot)
            elif any(isinstance(one, dict) and "$ref" in one for one in given):
                if "discriminator" not in facet.schema:
                    low.degrade("union-of-derived", f"`{keyword}` lists types derived from this one", spot)
            else:
                low.degrade("alternative-members", f"`{keyword}` only says which members must be there", spot)


def conditional(low: Lowering, facet: Facet, spot: Spot) -> Iterator[tuple[dict[str, Any], Spot]]:
    """Schemas whose members may be there or not, with where they stand."""
    schema = facet.schema
    for keyword in ("then", "else"):
        if keyword in schema and "if" in schema:
            yield from _opened(low, schema[keyword], facet.spot.down("/" + keyword))
    for keyword in ("dependentSchemas", "dependencies"):
        given = schema.get(keyword)
        for name, inner in given.items() if isinstance(given, dict) else ():
            yield from _opened(low, inner, facet.spot.down(f"/{keyword}/{escape(str(name))}"))
    for keyword in ("oneOf", "anyOf"):
        branches = schema.get(keyword)
        if isinstance(branches, list) and all(
            isinstance(one, dict) and "$ref" not in one for one in branches
        ):
            for index, inner in enumerate(branches):
                yield from _opened(low, inner, facet.spot.down(f"/{keyword}/{index}"))


def _opened(low: Lowering, schema: Any, at: Spot) -> Iterator[tuple[dict[str, Any], Spot]]:
    """The schema, and what it includes by reference or ``allOf`` one level down."""
    if not isinstance(schema, dict):
        return
    if "$ref" in schema:
        target = resolve_schema(low, schema["$ref"], at)
        if target is not None and isinstance(target.schema, dict):
            yield target.schema, target.spot
    yield schema, at
    members = schema.get("allOf")
    for index, inner in enumerate(members if isinstance(members, list) else ()):
        if isinstance(inner, dict):
            yield inner, at.down(f"/allOf/{index}")
