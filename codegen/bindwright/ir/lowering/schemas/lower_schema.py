"""Schemas: the one entry for every place a schema stands, and the choice of what kind of type it becomes."""

from __future__ import annotations

from typing import Any

from bindwright.ir.lowering.annotations import annotate, describe
from bindwright.ir.lowering.context import Facet, Lowering, Target
from bindwright.ir.lowering.dynamic import asks, has_anchors
from bindwright.ir.lowering.facets import expand
from bindwright.ir.lowering.keywords import NOT_PLAIN, SCALARS, SHAPING
from bindwright.ir.lowering.kinds import kind
from bindwright.ir.lowering.location import Spot
from bindwright.ir.lowering.references import name_of, resolve_schema
from bindwright.ir.lowering.scalars import intern, scalar_use
from bindwright.ir.lowering.schemas.arrays import array_use
from bindwright.ir.lowering.schemas.enums import enum_use
from bindwright.ir.lowering.schemas.objects import object_use
from bindwright.ir.lowering.schemas.unions import types_use, union_use
from bindwright.ir.lowering.shape import Shape, shape
from bindwright.ir.lowering.unsupported import report_leftovers
from bindwright.ir.model import Use

_BESIDE_REF = SHAPING - {"$ref"}
_BESIDE_ALL_OF = SHAPING - {"allOf"}


def use_of(low: Lowering, schema: Any, spot: Spot) -> Use:
    """The use of the schema that stands at `spot`; never fails."""
    if type(schema) is not dict:
        return _odd(low, schema, spot)
    if "$ref" in schema:
        if _is_plain(low, schema, spot):
            return _reference(low, schema, spot)
    elif "allOf" in schema:
        wrapped = _wrapper(schema)
        if wrapped is not None:
            inner = _reference(low, wrapped, spot.down("/allOf/0"))
            return annotate(low, inner, schema, spot)
    elif "$dynamicRef" in schema and isinstance(schema["$dynamicRef"], str):
        return _reference(low, schema, spot, "$dynamicRef")
    else:
        base = schema.get("type")
        if type(base) is str and base in SCALARS and NOT_PLAIN.isdisjoint(schema):
            use = Use(type=intern(low, base, schema))
            return annotate(low, use, schema, spot) if len(schema) > 1 else use
    return build(low, expand(low, schema, spot), spot)


def define(low: Lowering, target: Target) -> None:
    """Lower a referenced or named place, so that there is a type (or a settled use) of its id."""
    if target.id in low.types:
        return
    name = name_of(target.spot.file, target.spot.pointer)
    schema = target.schema
    if name is None:
        use = use_of(low, schema, target.spot)
        if use.type != target.id:
            low.settled[target.id] = use
        return
    if type(schema) is not dict:
        low.settled[target.id] = _odd(low, schema, target.spot)
        return
    if "$ref" in schema and _is_plain(low, schema, target.spot):
        use = _reference(low, schema, target.spot)
        low.settled[target.id] = use
        low.api.aliases[target.id] = use.type
        return
    build(low, expand(low, schema, target.spot), target.spot, name)


def build(low: Lowering, facets: list[Facet], spot: Spot, name: str | None = None) -> Use:
    """The use of what `facets` say together at `spot`; with a name, a type of its own in any case."""
    here = spot.id
    if not facets:
        return Use(type=intern(low, "any", {}))
    if name is None and (here in low.types or here in low.building):
        use = Use(type=here)
        low.linked.append(use)
        return annotate(low, use, facets[-1].schema, spot)
    if spot.depth > low.options.max_depth:
        low.degrade("too-deep", "schemas stand in each other deeper than can be followed", spot)
        return Use(type=intern(low, "any", {}))
    low.building.add(here)
    try:
        return _build(low, shape(low, facets, spot), spot, name)
    finally:
        low.building.discard(here)


def _build(low: Lowering, made: Shape, spot: Spot, name: str | None) -> Use:
    here = spot.id
    report_leftovers(low, made, spot)
    use = _KINDS[kind(low, made, spot)](low, made, spot, name)
    own = use.type == here
    if own:
        type_ = low.types[here]
        if name is not None:
            type_.name = name
        type_.place = spot.place
        describe(low, type_, made.keywords, spot, named=name is not None)
        if spot.owner != here:
            type_.owner = spot.owner
            type_.context = spot.words
    if name is not None:
        low.types[here].nullable = made.nullable or use.nullable
        return Use(type=here)
    use.nullable = use.nullable or made.nullable
    return annotate(low, use, made.keywords, spot)


_KINDS = {
    "enum": enum_use,
    "union": union_use,
    "types": types_use,
    "object": object_use,
    "array": array_use,
    "scalar": scalar_use,
}


def _wrapper(schema: dict[str, Any]) -> dict[str, Any] | None:
    """The one reference that an ``allOf`` wraps to say something beside it (3.0's way); None for others.

    Only members that say nothing of values may stand beside it.
    """
    members = schema.get("allOf")
    if not isinstance(members, list) or not members or not _BESIDE_ALL_OF.isdisjoint(schema):
        return None
    if has_anchors(schema):
        return None
    found = None
    for member in members:
        if not isinstance(member, dict):
            return None
        if "$ref" in member and len(member) == 1:
            if found is not None:
                return None
            found = member
        elif not SHAPING.isdisjoint(member):
            return None
    if found is None:
        return None
    beside: dict[str, Any] = {}
    for member in members:
        beside |= member
    return beside


def _is_plain(low: Lowering, schema: dict[str, Any], spot: Spot) -> bool:
    """Whether a schema with a ``$ref`` says nothing of values beside it."""
    if not low.modern:
        return True
    if not _BESIDE_REF.isdisjoint(schema):
        return False
    if has_anchors(schema):
        target = resolve_schema(low, schema["$ref"], spot)
        return target is None or not asks(low, target)
    return True


def _reference(low: Lowering, schema: dict[str, Any], spot: Spot, keyword: str = "$ref") -> Use:
    target = resolve_schema(low, schema[keyword], spot, dynamic=keyword == "$dynamicRef")
    if target is None:
        use = Use(type=intern(low, "any", {}))
    else:
        use = Use(type=target.id)
        low.linked.append(use)
    return annotate(low, use, schema, spot) if len(schema) > 1 else use


def _odd(low: Lowering, schema: Any, spot: Spot) -> Use:
    if schema is True:
        return Use(type=intern(low, "any", {}))
    if schema is False:
        return Use(type=intern(low, "never", {}))
    if isinstance(schema, dict):
        return use_of(low, dict(schema), spot)
    low.degrade("invalid-schema", "this is not a schema: any value is allowed", spot, "write an object")
    return Use(type=intern(low, "any", {}))
