"""The msgspec style."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from msgspec import UNSET, Struct, UnsetType, field


class Colour(Enum):
    """An enumeration."""

    RED = "red"


class Part(Struct, weakref=True):
    """Nested."""

    sku: str = field(name="Sku")


class Thing(Struct, weakref=True):
    """A model."""

    id: int = field(name="Id")
    when: datetime = field(name="When")
    colour: Colour = field(name="Colour")
    parts: list[Part] = field(name="Parts")
    note: str | UnsetType = field(name="Note", default=UNSET)
    tri: str | UnsetType | None = field(name="Tri", default=UNSET)
