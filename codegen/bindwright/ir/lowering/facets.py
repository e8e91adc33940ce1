"""Expanding ``allOf`` and what stands beside a reference: the schemas that hold at a spot together."""

from __future__ import annotations

from typing import Any

from bindwright.ir.lowering.context import Facet, Lowering
from bindwright.ir.lowering.dynamic import asks, has_anchors
from bindwright.ir.lowering.keywords import SHAPING
from bindwright.ir.lowering.location import Spot
from bindwright.ir.lowering.references import resolve_schema

_MAX_FACETS = 2000
_BESIDE_REF = SHAPING - {"$ref"}


def expand(low: Lowering, schema: dict[str, Any], spot: Spot) -> list[Facet]:
    """All schemas that hold at `spot`: included ones first, in the order of writing, the spot's own last.

    A schema that is included twice (a diamond) stands once; one that includes itself is cut there.
    """
    if "allOf" not in schema and "$ref" not in schema:
        return [Facet(schema, spot)]
    out: list[Facet] = []
    _expand(low, schema, spot, None, {spot.id}, out, 0)
    return out


def _expand(
    low: Lowering,
    schema: dict[str, Any],
    spot: Spot,
    via: str | None,
    seen: set[str],
    out: list[Facet],
    depth: int,
) -> None:
    if depth > low.options.max_depth or len(out) > _MAX_FACETS:
        low.degrade("too-deep", "`allOf` goes deeper than can be followed", spot, "raise `max_depth`")
        return
    if "$ref" in schema:
        _include(low, schema, spot, via, seen, out, depth)
        if low.modern and not _BESIDE_REF.isdisjoint(schema):
            out.append(Facet(schema, spot, via))
        return
    members = schema.get("allOf")
    if isinstance(members, list):
        scope = (*spot.scope, spot.source_place) if low.modern and has_anchors(schema) else ()
        for index, member in enumerate(members):
            below = spot.down(f"/allOf/{index}")
            below.depth = spot.depth
            if scope:
                below.scope, below.source = scope, (spot.source or spot).down(f"/allOf/{index}")
            if isinstance(member, dict):
                _expand(low, member, below, via, seen, out, depth + 1)
            elif member is not True:
                low.degrade("invalid-schema", "a member of `allOf` is not a schema", below)
    elif members is not None:
        low.degrade("invalid-schema", "`allOf` is not a list", spot, "write a list of schemas")
    out.append(Facet(schema, spot, via))


def _include(
    low: Lowering,
    schema: dict[str, Any],
    spot: Spot,
    via: str | None,
    seen: set[str],
    out: list[Facet],
    depth: int,
) -> None:
    target = resolve_schema(low, schema["$ref"], spot)
    if target is None:
        return
    if target.id in seen:
        return
    seen.add(target.id)
    if isinstance(target.schema, dict) and (spot.scope or has_anchors(schema)) and asks(low, target):
        # It is read anew, as if it stood here.
        _expand(low, target.schema, spot.bound(target.spot), via, seen, out, depth + 1)
    elif isinstance(target.schema, dict):
        _expand(low, target.schema, target.spot, via or target.id, seen, out, depth + 1)
    elif target.schema is False:
        low.degrade("never", "it includes a schema that allows nothing", spot)


def included(low: Lowering, schema: dict[str, Any], spot: Spot) -> list[str]:
    """The ids of the types that a schema's ``allOf`` refers to, directly or in inline members."""
    found: list[str] = []
    for index, member in enumerate(schema.get("allOf") or ()):
        if isinstance(member, dict):
            below = spot.down(f"/allOf/{index}")
            if "$ref" in member:
                target = resolve_schema(low, member["$ref"], below)
                found += [target.id] if target else []
            elif "allOf" in member:
                found += included(low, member, below)
    return found
