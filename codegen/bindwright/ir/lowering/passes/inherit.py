"""Inheritance: members of the base before an object's own, each knowing who declares it."""

from __future__ import annotations

from msgspec.structs import replace

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Location
from bindwright.ir.model import Object

_DEEPEST = 50
"""Bases above each other: each is imported while what derives from it is, which languages bear only so often."""


def inherit(context: Lowering) -> None:
    """Complete the properties of every object that has a base; bases first, without recursion."""
    done: set[str] = set()
    depths: dict[str, int] = {}
    for type_ in list(context.types.values()):
        if isinstance(type_, Object) and type_.base is not None:
            for one in reversed(_chain(context, type_, done)):
                depths[one.id] = depths.get(one.base or "", 0) + 1
                _complete(context, one)
                if depths[one.id] > _DEEPEST:
                    depths[one.id] = 0
                    _stand_alone(context, one)
                done.add(one.id)


def _chain(context: Lowering, type_: Object, done: set[str]) -> list[Object]:
    """The objects to complete, the derived one first; a circle is cut where it closes."""
    chain = [type_]
    seen = {type_.id}
    while True:
        last = chain[-1]
        if last.id in done or last.base is None:
            return [one for one in chain if one.id not in done and one.base is not None]
        base = context.types.get(last.base)
        if not isinstance(base, Object) or base.id in seen:
            why = "a type is its own base" if isinstance(base, Object) else "the base is no object"
            context.degrade("no-base", why, Location(last.place.file, last.place.pointer))
            last.base = None
            return [one for one in chain if one.id not in done and one.base is not None]
        seen.add(base.id)
        chain.append(base)


def _complete(context: Lowering, type_: Object) -> None:
    base = context.types[type_.base or ""]
    assert isinstance(base, Object), "bases that are no objects were cut"
    own = {one.name for one in type_.properties}
    type_.properties = [one for one in base.properties if one.name not in own] + type_.properties
    if type_.profile == "openapi":
        type_.profile = base.profile


def _stand_alone(context: Lowering, type_: Object) -> None:
    """Make all that an object inherits its own."""
    why = f"more than {_DEEPEST} types derive from each other: this one has its members, but no base"
    context.degrade("deep-inheritance", why, Location(type_.place.file, type_.place.pointer))
    type_.properties = [replace(one, declared_in=type_.id) for one in type_.properties]
    type_.base = None
