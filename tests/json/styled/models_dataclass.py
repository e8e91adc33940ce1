"""The dataclass style."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Colour(Enum):
    """An enumeration."""

    RED = "red"


@dataclass(kw_only=True)
class Part:
    """Nested."""

    sku: str


@dataclass(kw_only=True)
class Thing:
    """A model."""

    id: int
    when: datetime
    colour: Colour
    parts: list[Part]
    note: str | None = None
    tri: str | None = None
