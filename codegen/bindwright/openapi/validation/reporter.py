"""Diagnostics of the checks, in the order of the text, and bounded: one can be wrong a million times."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct, field

from bindwright.openapi.diagnostics.model import Diagnostic, Level, Place

_MOST = 500
"""How often one code is reported."""


class Reporter(Struct):
    """Collects what the checks find."""

    items: list[Diagnostic] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def full(self, code: str) -> bool:
        """Whether more of `code` would only be counted; then nothing need be looked up for it."""
        return self.counts[code] >= _MOST

    def add(self, level: Level, code: str, message: str, place: Place, remedy: str = "") -> None:
        """Record one finding."""
        self.counts[code] += 1
        if self.counts[code] <= _MOST:
            item = Diagnostic(level=level, code=code, message=message, place=place, remedy=remedy)
            self.items.append(item)

    def in_order(self) -> list[Diagnostic]:
        """Everything, the serious first."""
        order: list[Level] = ["error", "degraded", "warning", "note"]
        items = sorted(self.items, key=lambda item: order.index(item.level))
        for code, count in self.counts.items():
            if count > _MOST:
                message = f"`{code}` {count - _MOST} more times"
                items.append(Diagnostic(level="note", code="more-of-the-same", message=message))
        return items
