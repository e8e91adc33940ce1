"""Names that were given out before, and stay."""

from __future__ import annotations

from msgspec import Struct, field

from bindwright.ir.model.source import TypeId


class KeptNames(Struct, kw_only=True, frozen=True):
    """Names that a lock keeps and that nobody would come to from the document as it is now, in any spelling."""

    types: dict[TypeId, str] = field(default_factory=dict)
    members: dict[TypeId, dict[str, str]] = field(default_factory=dict)
    """By object and the member's name in JSON."""
    values: dict[TypeId, dict[int, str]] = field(default_factory=dict)
    """By enumeration and position."""
    operations: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, dict[str, str]] = field(default_factory=dict)
    """By operation and ``location:name``."""
