"""The TypedDict style."""

from __future__ import annotations

from datetime import datetime
from typing import NotRequired

from typing_extensions import TypedDict


class Part(TypedDict):
    """Nested."""

    Sku: str


class Thing(TypedDict):
    """A model."""

    Id: int
    When: datetime
    Colour: str
    Parts: list[Part]
    Note: NotRequired[str]
    Tri: NotRequired[str | None]
