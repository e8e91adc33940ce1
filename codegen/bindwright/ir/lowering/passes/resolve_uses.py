"""Settling uses by reference: places without a type of their own, null and defaults of the type."""

from __future__ import annotations

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Location
from bindwright.ir.lowering.scalars import intern
from bindwright.ir.model import Array, Constraints, Map, Object, Union, Use


def settle(context: Lowering) -> None:
    """Give each use by reference its type, and what the type says for every place it is used at."""
    for use in context.linked:
        _settle(context, use)
    _report_sides(context)
    for name, goal in list(context.api.aliases.items()):
        context.api.aliases[name] = _end(context, goal)
    for use, location in context.dictionary_keys:
        if isinstance(context.types.get(use.type), Object | Array | Map | Union):
            why = "the keys of this dictionary are objects or lists, which no map of JSON or Python can have"
            context.degrade(
                "dictionary-key", why, location, "describe it as a list of entries with `Key` and `Value`"
            )

    for use, location in context.dictionaries:
        if not isinstance(context.types.get(use.type), Map):
            use.entries = None
            message = "`x-dcs-dictionary` stands at what is no map"
            context.warn(
                "invalid-extension",
                message,
                location,
                "it belongs to an object that has `additionalProperties` and no `properties`",
            )


def _report_sides(context: Lowering) -> None:
    """OpenAPI 3.2.0, Schema Object: ``readOnly`` and ``writeOnly`` are said of properties."""
    objects = [type_ for type_ in context.types.values() if isinstance(type_, Object)]
    of_members = {property_.use.type for type_ in objects for property_ in type_.properties}
    for key, facts in context.inherited_facts.items():
        place = context.types[key].place
        for fact, keyword in (("read_only", "readOnly"), ("write_only", "writeOnly")):
            if fact in facts and key not in of_members:
                why = f"`{keyword}` of a schema that no member has: no effect"
                context.note("unread-keyword", why, Location(place.file, place.pointer))


def _end(context: Lowering, type_id: str) -> str:
    visited = set()
    while type_id not in context.types and type_id in context.settled and type_id not in visited:
        visited.add(type_id)
        type_id = context.settled[type_id].type
    return type_id


def _settle(context: Lowering, use: Use) -> None:
    visited: set[str] = set()
    while use.type not in context.types:
        target = context.settled.get(use.type)
        if target is None or use.type in visited:
            use.type = intern(context, "any", {})
            return
        visited.add(use.type)
        _take(use, target)
    use.nullable = use.nullable or context.types[use.type].nullable
    for key, value in context.inherited_facts.get(use.type, {}).items():
        if key == "default":
            if not use.has_default:
                use.default, use.has_default = value, True
        elif key != "has_default" and not getattr(use, key):
            setattr(use, key, value)


def _take(use: Use, target: Use) -> None:
    """What the settled use says, where `use` says nothing itself."""
    use.type = target.type
    use.nullable = use.nullable or target.nullable
    use.doc = use.doc or target.doc
    if target.has_default and not use.has_default:
        use.default, use.has_default = target.default, True
    for key in ("deprecated", "read_only", "write_only"):
        setattr(use, key, getattr(use, key) or getattr(target, key))
    for key in ("xml", "format", "entries", "order", "only"):
        if getattr(use, key) is None:
            setattr(use, key, getattr(target, key))
    use.constraints = _both(use.constraints, target.constraints)
    use.asserts = [*use.asserts, *(fragment for fragment in target.asserts if fragment not in use.asserts)]


def _both(first: Constraints | None, right: Constraints | None) -> Constraints | None:
    return first if first is not None else right
