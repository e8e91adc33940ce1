"""Types of which no finite value exists: what requires itself, by whichever way, would have no end."""

from __future__ import annotations

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.model import AnyType, Array, Constraints, Map, Object, TypeId, Union, Use
from bindwright.ir.walks import uses_of


def tell_endless_values(context: Lowering) -> None:
    """A warning for each named type whose values would hold themselves without end."""
    waiting: dict[TypeId, AnyType] = {
        type_.id: type_ for type_ in context.types.values() if isinstance(type_, (Object, Array, Map, Union))
    }
    holders: dict[TypeId, list[TypeId]] = {}
    for key, type_ in waiting.items():
        for use in uses_of(type_):
            holders.setdefault(use.type, []).append(key)
    pending = list(waiting)
    while pending:
        key = pending.pop()
        if key in waiting and _ends(waiting[key], waiting):
            del waiting[key]
            pending += holders.get(key, ())
    for key in waiting:
        target = context.targets.get(key)
        if target is not None and context.types[key].name is not None:
            context.warn(
                "endless-value",
                "it requires itself: no value without an end is valid, and none can be made",
                target.location,
                "make a member on the way optional, or let it be null",
            )


def _ends(type_: AnyType, waiting: dict[TypeId, AnyType]) -> bool:
    """Whether a type has values that need none of those that wait."""

    def is_finite(use: Use) -> bool:
        return use.nullable or use.type not in waiting

    match type_:
        case Object():
            return all(
                is_finite(property_.use)
                for property_ in type_.properties
                if property_.required and not property_.conditional
            )
        case Union():
            return not type_.members or any(map(is_finite, type_.members))
        case Array():
            limits = type_.constraints or _NONE
            needed = [*type_.prefix[: type_.fewest]]
            if type_.items is not None and (limits.min_items or 0) > len(type_.prefix):
                needed.append(type_.items)
            return all(map(is_finite, needed))
        case Map():
            limits = type_.constraints or _NONE
            return not (type_.required_names or limits.min_properties) or is_finite(type_.values)
    return True


_NONE = Constraints()
