"""The order of types, and where what was degraded is written down."""

from __future__ import annotations

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Spot
from bindwright.ir.model import AnyType, Degraded


def arrange(low: Lowering) -> None:
    """Named types first, in the document's order, each followed by the inline ones in it; scalars last.

    Types are made while other types are on their way, so the order of making would change with unrelated
    edits; this one changes only where the document does.
    """
    named = [one for one in low.wanted if one in low.types]
    inside: dict[str | None, list[AnyType]] = {}
    for one in low.types.values():
        if one.id not in low.wanted:
            inside.setdefault(one.owner, []).append(one)
    scalars = {one.id: one for one in inside.pop(None, []) if not one.context and "#" not in one.id}
    found: dict[str, AnyType] = {}
    for name in named:
        found[name] = low.types[name]
        found |= {one.id: one for one in inside.pop(name, [])}
    for one in low.types.values():
        if one.id not in found and one.id not in scalars:
            found[one.id] = one
    low.api.types = found | {name: scalars[name] for name in sorted(scalars)}


def attach(low: Lowering) -> None:
    """Write each degradation down at the nearest type around it, else at the operations that use it."""
    for spot, degraded in low.pending:
        around: Spot | None = spot
        while around is not None:
            known = low.types.get(around.id)
            if known is not None:
                known.degraded.append(degraded)
                break
            homes = low.homes.get(around.id)
            if homes:
                for home in homes:
                    home.degraded.append(degraded)
                break
            around = around.around
        else:
            _by_place(low, spot, degraded)


def _by_place(low: Lowering, spot: Spot, degraded: Degraded) -> None:
    """Spots that were entered by a reference: the type or operation whose place contains theirs."""
    head = spot.id
    while "/" in head:
        head = head.rpartition("/")[0]
        for holder in [low.types.get(head), *low.homes.get(head, ())]:
            if holder is not None:
                holder.degraded.append(degraded)
                return
