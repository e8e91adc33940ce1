"""Inheritance: members of the base before an object's own, each knowing who declares it."""

from __future__ import annotations

from msgspec.structs import replace

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Location
from bindwright.ir.lowering.schemas.objects import open_beside_patterns
from bindwright.ir.model import Object

_DEEPEST = 50
"""Bases above each other: each is imported while what derives from it is, which languages bear only so often."""


def inherit(context: Lowering) -> None:
    """Complete the properties of every object that has a base; bases first, without recursion."""
    complete: set[str] = set()
    depths: dict[str, int] = {}
    for type_ in list(context.types.values()):
        if isinstance(type_, Object) and type_.base is not None:
            for object_ in _chain(context, type_, complete)[::-1]:
                depths[object_.id] = depths.get(object_.base or "", 0) + 1
                _complete(context, object_)
                if depths[object_.id] > _DEEPEST:
                    depths[object_.id] = 0
                    _stand_alone(context, object_)
                complete.add(object_.id)


def _chain(context: Lowering, type_: Object, complete: set[str]) -> list[Object]:
    """The objects to complete, the derived one first; a circle is cut where it closes."""
    chain = [type_]
    visited = {type_.id}
    while True:
        last = chain[-1]
        if last.id in complete or last.base is None:
            return [object_ for object_ in chain if object_.id not in complete and object_.base is not None]
        base = context.types.get(last.base)
        if not isinstance(base, Object) or base.id in visited:
            why = "a type is its own base" if isinstance(base, Object) else "the base is no object"
            context.degrade("no-base", why, Location(last.place.file, last.place.pointer))
            last.base = None
            return [object_ for object_ in chain if object_.id not in complete and object_.base is not None]
        visited.add(base.id)
        chain.append(base)


def _complete(context: Lowering, type_: Object) -> None:
    base = context.types[type_.base or ""]
    assert isinstance(base, Object), "bases that are no objects were cut"
    # A member that is declared again stays where the base has it: a sequence of elements keeps its order.
    again = {property_.name: property_ for property_ in type_.properties}
    inherited = [again.pop(property_.name, property_) for property_ in base.properties]
    type_.properties = [*inherited, *again.values()]
    # A closed object, too: a class that is derived from its base's has the base's place for further members.
    own = dict(type_.pattern_additional)
    type_.pattern_additional += [
        (pattern, use) for pattern, use in base.pattern_additional if pattern not in own
    ]
    if type_.additional is None:
        type_.additional = base.additional
        if not base.closed:
            open_beside_patterns(context, type_)
    if type_.profile == "openapi":
        type_.profile = base.profile


def _stand_alone(context: Lowering, type_: Object) -> None:
    """Make all that an object inherits its own."""
    why = f"more than {_DEEPEST} types derive from each other: this one has its members, but no base"
    context.degrade("deep-inheritance", why, Location(type_.place.file, type_.place.pointer))
    type_.properties = [replace(property_, declared_in=type_.id) for property_ in type_.properties]
    type_.base = None
