"""The order of types, and where what was degraded is written down."""

from __future__ import annotations

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Location
from bindwright.ir.model import AnyType, Degraded


def arrange(context: Lowering) -> None:
    """Named types first, in the document's order, each followed by the inline ones in it; scalars last.

    Types are made while other types are on their way, so the order of making would change with unrelated
    edits; this one changes only where the document does.
    """
    named = [key for key in context.targets if key in context.types]
    inside: dict[str | None, list[AnyType]] = {}
    for type_ in context.types.values():
        if type_.id not in context.targets:
            inside.setdefault(type_.owner, []).append(type_)
    scalars = {type_.id: type_ for type_ in inside.pop(None, []) if not type_.context and "#" not in type_.id}
    types: dict[str, AnyType] = {}
    for name in named:
        types[name] = context.types[name]
        types |= {type_.id: type_ for type_ in inside.pop(name, [])}
    for type_ in context.types.values():
        if type_.id not in types and type_.id not in scalars:
            types[type_.id] = type_
    context.api.types = types | {name: scalars[name] for name in sorted(scalars)}


def attach(context: Lowering) -> None:
    """Write each degradation down at the nearest type around it, else at the operations that use it."""
    for location, degraded in context.pending:
        around: Location | None = location
        while around is not None:
            type_ = context.types.get(around.id)
            if type_ is not None:
                type_.degraded.append(degraded)
                break
            homes = context.homes.get(around.id)
            if homes:
                for home in homes:
                    home.degraded.append(degraded)
                break
            around = around.around
        else:
            _by_place(context, location, degraded)


def _by_place(context: Lowering, location: Location, degraded: Degraded) -> None:
    """Locations that were entered by a reference: the type or operation whose place contains theirs."""
    head = location.id
    while "/" in head:
        head = head.rpartition("/")[0]
        for holder in [context.types.get(head), *context.homes.get(head, ())]:
            if holder is not None:
                holder.degraded.append(degraded)
                return
