"""Usual values: what the discriminator of an object says where nobody has set it.

A discriminator's value tells the object's type, so whoever has the type has the value. Of several the first of the
mapping counts; what two discriminators say of one member has to be a value of both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.passes.hierarchy import Hierarchy
from bindwright.ir.model import AnyType, Enum, Json, Object, Property, Scalar, TypeId, Union

_DEEPEST = 4
"""Unions within each other that are looked into."""


class _Said(Struct, frozen=True):
    """What one discriminator says of one type."""

    values: list[str]
    """Those that lead to the type."""
    is_written: bool
    """Whether the first of them is what a writer is to say."""
    is_optional: bool
    """Whether the member may be absent all the same: absence says the type, or a choice tells it, and the object may stand
    outside of that. Then a value is written where there has to be one."""


def settle_usual_values(context: Lowering) -> None:
    """Set `Property.usual` of all objects that some discriminator tells."""
    hierarchy = Hierarchy(context.extends)
    explicit = {
        type_id: context.mappings[index] for index, (type_id, _, _) in enumerate(context.discriminators)
    }
    said: dict[TypeId, dict[str, list[_Said]]] = {}
    holders = [
        type_ for type_ in context.types.values() if isinstance(type_, (Object, Union)) and type_.mapping
    ]
    # What a base says of its own comes first: it holds wherever the object stands.
    for holder in sorted(holders, key=lambda type_: isinstance(type_, Union)):
        for key, values in _values_by_type(context, holder, hierarchy).items():
            is_silent = isinstance(holder, Object) and holder.untagged and key == holder.id
            is_default = holder.default_type == key
            is_guess = is_default and values[0] not in explicit.get(holder.id, {})
            entry = _Said(values, not (is_silent or is_guess), is_default or isinstance(holder, Union))
            said.setdefault(key, {}).setdefault(holder.discriminator or "", []).append(entry)
    for key, by_name in said.items():
        type_ = context.types.get(key)
        if isinstance(type_, Object):
            type_.properties = [
                _with_usual(context.types, property_, by_name.get(property_.name, []))
                for property_ in type_.properties
            ]


def values_below(context: Lowering, base: Object, hierarchy: Hierarchy) -> dict[TypeId, list[str]]:
    """By type, the values of a base's discriminator that stand for it or for one that is derived from it.

    Those that lead to a type between are among them where that tells its derived types by a discriminator of another
    name: the two stand beside each other then.
    """
    entries: dict[TypeId, list[tuple[int, str]]] = {}
    for place, (value, goal) in enumerate(base.mapping.items()):
        entries.setdefault(goal, []).append((place, value))
    below = hierarchy.below(base.id)
    telling = {key for key in below if _tells_otherwise(context, base, key)}
    values: dict[TypeId, list[str]] = {}
    for key in [base.id, *below]:
        goals = [key, *(above for above in hierarchy.above(key) if above in telling)] if telling else [key]
        leading = sorted(entry for goal in goals for entry in entries.get(goal, ()))
        if leading:
            values[key] = [value for _, value in leading]
    return values


def _tells_otherwise(context: Lowering, base: Object, key: TypeId) -> bool:
    type_ = context.types.get(key)
    return isinstance(type_, Object) and type_.discriminator not in (None, base.discriminator)


def _values_by_type(
    context: Lowering, holder: Object | Union, hierarchy: Hierarchy
) -> dict[TypeId, list[str]]:
    """The values of a discriminator by the objects that they stand for."""
    if isinstance(holder, Object):
        return values_below(context, holder, hierarchy)
    direct: dict[TypeId, list[str]] = {}
    for value, goal in holder.mapping.items():
        for key in _objects_in(context.types, goal):
            direct.setdefault(key, []).append(value)
    by_type = dict(direct)
    for goal, values in direct.items():
        # What is derived from an alternative stands for it, where no value leads to a nearer one.
        for key in hierarchy.below(goal):
            nearest = next((above for above in hierarchy.above(key) if above in direct), goal)
            if key not in direct and nearest == goal:
                by_type.setdefault(key, values)
    return by_type


def _objects_in(types: Mapping[TypeId, AnyType], key: TypeId, levels: int = _DEEPEST) -> Iterator[TypeId]:
    """A type that is an object, and the objects among the alternatives of one that is a union."""
    type_ = types.get(key)
    if isinstance(type_, Object):
        yield key
    elif isinstance(type_, Union) and levels:
        for use in type_.members:
            yield from _objects_in(types, use.type, levels - 1)


def _with_usual(types: Mapping[TypeId, AnyType], property_: Property, said: list[_Said]) -> Property:
    """The member with its usual value; itself where it has none."""
    for each in said:
        is_written = each.is_written and (property_.required or not each.is_optional)
        for value in each.values if is_written else ():
            usual = _in_type(types.get(property_.use.type), value)
            if usual is not None and all(value in other.values for other in said):
                return replace(property_, usual=usual)
    return property_


def _in_type(type_: AnyType | None, text: str) -> Json:
    """A value as the member's type has it; None where that has no such value."""
    if isinstance(type_, Enum):
        for member in type_.members:
            if spelled(member.value) == text:
                return member.value
        return text if type_.extensible and type_.base == "string" else None
    if not isinstance(type_, Scalar):
        return None
    if type_.base == "boolean":
        return {"true": True, "false": False}.get(text)
    if type_.base == "integer":
        return int(text) if text.removeprefix("-").isdecimal() and str(int(text)) == text else None
    return text if type_.base in ("string", "any") else None


def spelled(value: Json) -> str:
    """A value of a discriminator as keys of a mapping spell it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
