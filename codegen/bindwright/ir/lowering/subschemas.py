"""Expanding ``allOf`` and what stands beside a reference: the schemas that hold at a location together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bindwright.ir.lowering.annotations import annotate
from bindwright.ir.lowering.context import Lowering, Subschema
from bindwright.ir.lowering.dynamic import asks, has_anchors
from bindwright.ir.lowering.keywords import SHAPING
from bindwright.ir.lowering.location import Location
from bindwright.ir.lowering.references import resolve_schema
from bindwright.ir.model import Use

_MAX_FACETS = 2000
_BESIDE_REF = SHAPING - {"$ref"}
_SILENT = frozenset({"$comment", "$id", "$schema", "$anchor", "$dynamicAnchor", "$defs", "definitions"})
"""Keywords that only name places, or say nothing."""


def expand(context: Lowering, schema: dict[str, Any], location: Location) -> list[Subschema]:
    """All schemas that hold at `location`: included ones first, in the order of writing, the location's own last.

    A schema that is included twice (a diamond) stands once; one that includes itself is cut there.
    """
    if "allOf" not in schema and "$ref" not in schema:
        return [Subschema(schema, location)]
    out: list[Subschema] = []
    _expand(context, schema, location, None, {location.id}, out, 0)
    return out


def _expand(
    context: Lowering,
    schema: dict[str, Any],
    location: Location,
    via: str | None,
    visited: set[str],
    out: list[Subschema],
    depth: int,
) -> None:
    if depth > context.options.max_depth or len(out) > _MAX_FACETS:
        context.degrade("too-deep", "`allOf` goes deeper than can be followed", location, "raise `max_depth`")
        return
    if "$ref" in schema:
        _include(context, schema, location, via, visited, out, depth)
        if context.modern and not _BESIDE_REF.isdisjoint(schema):
            out.append(Subschema(schema, location, via))
        elif (
            not context.modern and depth
        ):  # a member of an `allOf`; at a place of its own it is told of there
            report_ignored(context, schema, location)
        if depth and not (context.modern and not _BESIDE_REF.isdisjoint(schema)):
            _report_annotations(context, schema, location)
        return
    members = schema.get("allOf")
    if isinstance(members, list):
        scope = (*location.scope, location.source_place) if context.modern and has_anchors(schema) else ()
        for index, member in enumerate(members):
            below = location.down(f"/allOf/{index}")
            below.depth = location.depth
            if scope:
                below.scope, below.source = scope, (location.source or location).down(f"/allOf/{index}")
            if isinstance(member, dict):
                _expand(context, member, below, via, visited, out, depth + 1)
            elif member is not True:
                context.degrade("invalid-schema", "a member of `allOf` is not a schema", below)
    elif members is not None:
        context.degrade("invalid-schema", "`allOf` is not a list", location, "write a list of schemas")
    out.append(Subschema(schema, location, via))


def report_ignored(context: Lowering, schema: dict[str, Any], location: Location) -> None:
    """OpenAPI 3.0.4, Reference Object: what stands beside ``$ref`` is ignored."""
    ignored = _BESIDE_REF.intersection(schema)
    if ignored:
        names = ", ".join(f"`{name}`" for name in sorted(ignored))
        context.note(
            "ignored-beside-ref",
            f"{names} beside `$ref` is ignored before OpenAPI 3.1",
            location,
            "put the reference into an `allOf` and the rest beside it",
        )


def annotate_beside(context: Lowering, use: Use, declarations: Iterable[tuple[Any, Location]]) -> None:
    """Take from declarations that were put together what they say beside references: what these include says the rest."""
    for schema, location in declarations:
        if isinstance(schema, dict) and "$ref" in schema:
            if not context.modern:
                report_ignored(context, schema, location)
            said = {key: value for key, value in schema.items() if key == "$ref" or key not in SHAPING}
            annotate(context, use, said, location)


def _report_annotations(context: Lowering, schema: dict[str, Any], location: Location) -> None:
    """What a member of an ``allOf`` says beside its reference is said of no place and of no type."""
    names = [name for name in schema if name not in SHAPING and name not in _SILENT and name[:2] != "x-"]
    if names:
        context.note(
            "unread-keyword",
            ", ".join(f"`{name[:60]}`" for name in sorted(names))
            + " beside a reference in `allOf`: no effect",
            location,
            "write it beside the `allOf`",
        )


def _include(
    context: Lowering,
    schema: dict[str, Any],
    location: Location,
    via: str | None,
    visited: set[str],
    out: list[Subschema],
    depth: int,
) -> None:
    target = resolve_schema(context, schema["$ref"], location)
    if target is None:
        return
    if target.id in visited:
        return
    visited.add(target.id)
    if isinstance(target.schema, dict) and (location.scope or has_anchors(schema)) and asks(context, target):
        # It is read anew, as if it stood here.
        _expand(context, target.schema, location.bound(target.location), via, visited, out, depth + 1)
    elif isinstance(target.schema, dict):
        _expand(context, target.schema, target.location, via or target.id, visited, out, depth + 1)
    elif target.schema is False:
        context.degrade("never", "it includes a schema that allows nothing", location)


def included(context: Lowering, schema: dict[str, Any], location: Location) -> list[str]:
    """The ids of the types that a schema's ``allOf`` refers to, directly or in inline members."""
    type_ids: list[str] = []
    for index, member in enumerate(schema.get("allOf") or ()):
        if isinstance(member, dict):
            below = location.down(f"/allOf/{index}")
            if "$ref" in member:
                target = resolve_schema(context, member["$ref"], below)
                type_ids += [target.id] if target else []
            elif "allOf" in member:
                type_ids += included(context, member, below)
    return type_ids
