"""Unions that are alternatives of themselves: ``A`` is ``B`` or a text, ``B`` is ``A`` or a number.

A validator must not follow them without end (JSON Schema 2020-12 core, 9.4.1). What they can mean is all that one of
them allows besides: a text or a number, each.
"""

from __future__ import annotations

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Location
from bindwright.ir.model import Scalar, TypeId, Union, Use


def open_endless_unions(context: Lowering) -> None:
    """Give unions that lead back to themselves the alternatives of all on the way."""
    unions = _without_end({key: type_ for key, type_ in context.types.items() if isinstance(type_, Union)})
    reached = {key: _reached(unions, key) for key in unions}
    rings = {
        key: {other for other in reached[key] if key in reached[other]}
        for key in unions
        if key in reached[key]
    }
    members = {
        key: {
            use.type: use for inner in sorted(ring) for use in unions[inner].members if use.type not in ring
        }
        for key, ring in rings.items()
    }
    for key in rings:
        _open(context, unions[key], list(members[key].values()))


def _without_end(unions: dict[TypeId, Union]) -> dict[TypeId, Union]:
    """The unions from which alternatives lead on for ever: all but those whose alternatives end, from the ends up."""
    inner = {key: {use.type for use in union.members} & unions.keys() for key, union in unions.items()}
    around: dict[TypeId, list[TypeId]] = {}
    for key, keys in inner.items():
        for other in keys:
            around.setdefault(other, []).append(key)
    pending = [key for key, keys in inner.items() if not keys]
    left = dict(unions)
    while pending:
        key = pending.pop()
        del left[key]
        for other in around.get(key, ()):
            inner[other].discard(key)
            if not inner[other]:
                pending.append(other)
    return left


def _reached(unions: dict[TypeId, Union], start: TypeId) -> set[TypeId]:
    """The unions that are alternatives of one, and theirs."""
    reached: set[TypeId] = set()
    pending = [use.type for use in unions[start].members]
    while pending:
        key = pending.pop()
        if key in unions and key not in reached:
            reached.add(key)
            pending += [use.type for use in unions[key].members]
    return reached


def _open(context: Lowering, union: Union, members: list[Use]) -> None:
    location = Location(union.place.file, union.place.pointer)
    if members:
        why = "it is an alternative of itself: the alternatives of all that lead back to it are taken"
        union.members, union.any_of = members, True
    else:
        why = "it is an alternative of itself, and has no other: any value is allowed"
        facts = {name: getattr(union, name) for name in ("place", "name", "context", "owner", "names", "doc")}
        context.types[union.id] = Scalar(id=union.id, base="any", **facts)
    context.degrade("endless-union", why, location)
