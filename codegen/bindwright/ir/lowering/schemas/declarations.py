"""What the schemas of an object declare of one member."""

from __future__ import annotations

from typing import Any

from bindwright.ir.lowering.location import Location


class Declarations(list[tuple[Any, Location]]):
    """Schemas of one member, each with where it stands: all hold."""


class Possibilities(Declarations):
    """Schemas of a member that is declared under conditions alone (``then``, ``dependentSchemas``): any may hold."""

    exhaustive = False
    """Whether one of them holds in any case: both ``then`` and ``else`` declare the member."""
