"""What the IR's JSON does with single fields, written in their annotations."""

from __future__ import annotations

from typing import NamedTuple


class Mark(NamedTuple):
    """A field that does not simply stand under its own name."""

    name: str = ""
    """The name in JSON, where it is not that of the field."""
    is_key: bool = False
    """The value is the key under which the object stands, and is not repeated in it."""
    is_place: bool = False
    """A place in the source: written only on demand."""


KEY = Mark(is_key=True)
PLACE = Mark(is_place=True)
