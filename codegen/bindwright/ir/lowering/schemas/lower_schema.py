"""Schemas: the one entry for every place a schema stands, and the choice of what kind of type it becomes."""

from __future__ import annotations

from typing import Any

from bindwright.ir.lowering.annotations import annotate, describe
from bindwright.ir.lowering.assertions import assertions
from bindwright.ir.lowering.context import Lowering, MergedSchema, Subschema, Target
from bindwright.ir.lowering.dynamic import asks, has_anchors
from bindwright.ir.lowering.keywords import NOT_PLAIN, SCALARS, SHAPING
from bindwright.ir.lowering.kinds import kind
from bindwright.ir.lowering.location import Location
from bindwright.ir.lowering.merged_schema import merge_schemas
from bindwright.ir.lowering.references import name_of, resolve_schema
from bindwright.ir.lowering.scalars import intern, scalar_use
from bindwright.ir.lowering.schemas.arrays import array_use
from bindwright.ir.lowering.schemas.enums import enum_use
from bindwright.ir.lowering.schemas.objects import object_use
from bindwright.ir.lowering.schemas.unions import types_use, union_use
from bindwright.ir.lowering.schemas.unsupported import report_leftovers
from bindwright.ir.lowering.subschemas import expand, report_ignored
from bindwright.ir.lowering.values import sequence
from bindwright.ir.model import Object, Use

_BESIDE_REF = SHAPING - {"$ref"}
_BESIDE_ALL_OF = SHAPING - {"allOf"}


def use_of(context: Lowering, schema: Any, location: Location) -> Use:
    """The use of the schema that stands at `location`; never fails."""
    if type(schema) is not dict:
        return _odd(context, schema, location)
    if "$ref" in schema:
        if _is_plain(context, schema, location):
            report_ignored(context, schema, location)
            return _reference(context, schema, location)
    elif "allOf" in schema:
        wrapped = _wrapper(schema)
        if wrapped is not None:
            reference = _reference(context, wrapped, location.down("/allOf/0"))
            # What stands beside the `allOf` is said of this use, as what stands beside a reference.
            return annotate(context, reference, {"$ref": wrapped["$ref"], **schema}, location)
    elif "$dynamicRef" in schema and isinstance(schema["$dynamicRef"], str):
        return _reference(context, schema, location, "$dynamicRef")
    else:
        base = schema.get("type")
        if type(base) is str and base in SCALARS and NOT_PLAIN.isdisjoint(schema):
            use = Use(type=intern(context, base, schema))
            return annotate(context, use, schema, location) if len(schema) > 1 else use
    if (narrowed := _within_itself(context, schema, location)) is not None:
        return narrowed
    return build(context, expand(context, schema, location), location)


def define(context: Lowering, target: Target) -> None:
    """Lower a referenced or named place, so that there is a type (or a settled use) of its id."""
    if target.id in context.types:
        return
    name = name_of(target.location.file, target.location.pointer)
    schema = target.schema
    if name is None:
        use = use_of(context, schema, target.location)
        if use.type != target.id:
            context.settled[target.id] = use
        return
    if type(schema) is not dict:
        context.settled[target.id] = _odd(context, schema, target.location)
        return
    if "$ref" in schema and _is_plain(context, schema, target.location):
        report_ignored(context, schema, target.location)
        use = _reference(context, schema, target.location)
        context.settled[target.id] = use
        context.api.aliases[target.id] = use.type
        return
    build(context, expand(context, schema, target.location), target.location, name)


def build(context: Lowering, subschemas: list[Subschema], location: Location, name: str | None = None) -> Use:
    """The use of what `subschemas` say together at `location`; with a name, a type of its own in any case."""
    type_id = location.id
    if not subschemas:
        return Use(type=intern(context, "any", {}))
    if name is None and (type_id in context.types or type_id in context.building):
        use = Use(type=type_id)
        context.linked.append(use)
        return annotate(context, use, subschemas[-1].schema, location)
    if location.depth > context.options.max_depth:
        context.degrade("too-deep", "schemas stand in each other deeper than can be followed", location)
        return Use(type=intern(context, "any", {}))
    context.building.add(type_id)
    try:
        return _build(context, merge_schemas(context, subschemas, location), location, name)
    finally:
        context.building.discard(type_id)


def _build(context: Lowering, merged: MergedSchema, location: Location, name: str | None) -> Use:
    type_id = location.id
    report_leftovers(context, merged, location)
    use = _KINDS[kind(context, merged, location)](context, merged, location, name)
    is_own = use.type == type_id
    asserts = assertions(context, merged, location)
    if merged.contradictory:
        asserts = [*asserts, False]  # the type is the nearest thing, and no value is valid
    if is_own:
        type_ = context.types[type_id]
        type_.asserts = asserts
        if name is not None:
            type_.name = name
        type_.place = location.place
        describe(context, type_, merged.keywords, location, named=name is not None)
        if location.owner != type_id:
            type_.owner = location.owner
            type_.context = location.words
    if name is not None:
        context.types[type_id].nullable = merged.nullable or use.nullable
        return Use(type=type_id)
    use.nullable = use.nullable or merged.nullable
    use.asserts = [] if is_own else asserts
    return annotate(context, use, merged.keywords, location)


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
    reference = None
    for member in members:
        if not isinstance(member, dict):
            return None
        if "$ref" in member and len(member) == 1:
            if reference is not None:
                return None
            reference = member
        elif not SHAPING.isdisjoint(member):
            return None
    if reference is None:
        return None
    siblings: dict[str, Any] = {}
    for member in members:
        siblings |= member
    return siblings


def _within_itself(context: Lowering, schema: dict[str, Any], location: Location) -> Use | None:
    """A list, map or choice without a name that holds itself: the type it refers to, with what this place says besides.

    `Tree: {type: array, items: {$ref: Tree, maxItems: 2}}` has items that are no `Tree`. Their type is that of their
    own items, and has no name by which a language could write that.
    """
    if location.id not in context.building or isinstance(context.types.get(location.id), Object):
        return None
    parts = [schema, *(part for part in sequence(schema.get("allOf")) if isinstance(part, dict))]
    reference = next((part for part in parts if isinstance(part.get("$ref"), str)), None)
    target = None if reference is None else resolve_schema(context, reference["$ref"], location)
    if reference is None or target is None or target.id == location.id:
        return None
    use = Use(type=target.id)
    context.linked.append(use)
    for part in parts:
        annotate(context, use, part, location)
    return use


def _is_plain(context: Lowering, schema: dict[str, Any], location: Location) -> bool:
    """Whether a schema with a ``$ref`` says nothing of values beside it."""
    if not context.modern:
        return True
    if not _BESIDE_REF.isdisjoint(schema):
        return False
    if has_anchors(schema):
        target = resolve_schema(context, schema["$ref"], location)
        return target is None or not asks(context, target)
    return True


def _reference(context: Lowering, schema: dict[str, Any], location: Location, keyword: str = "$ref") -> Use:
    target = resolve_schema(context, schema[keyword], location, dynamic=keyword == "$dynamicRef")
    if target is None:
        use = Use(type=intern(context, "any", {}))
    else:
        use = Use(type=target.id)
        context.linked.append(use)
    return annotate(context, use, schema, location) if len(schema) > 1 else use


def _odd(context: Lowering, schema: Any, location: Location) -> Use:
    if schema is True:
        return Use(type=intern(context, "any", {}))
    if schema is False:
        context.degrade("unexpressed-false", "`false` allows no value, which types do not say", location)
        return Use(type=intern(context, "never", {}))
    if isinstance(schema, dict):
        return use_of(context, dict(schema), location)
    context.degrade(
        "invalid-schema", "this is not a schema: any value is allowed", location, "write an object"
    )
    return Use(type=intern(context, "any", {}))
