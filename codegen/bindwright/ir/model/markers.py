"""What the IR's JSON does with single fields, written in their annotations."""

from __future__ import annotations

from msgspec import Struct


class Mark(Struct, frozen=True):
    """A field that does not simply stand under its own name."""

    name: str = ""
    """The name in JSON, where it is not that of the field."""
    is_key: bool = False
    """The value is the key under which the object stands, and is not repeated in it."""
    is_on_demand: bool = False
    """Written only on demand: places in the source, and what the document says to other tools."""
    is_always: bool = False
    """Written whatever it is: once the IR is settled, it is always something."""


class Reference(Struct, frozen=True):
    """A text that is the key of something: it is the same wherever that is referred to, and may be shorter in JSON."""

    table: str
    """The member of `Api` whose key it is."""


KEY_OF_TYPE, KEY_OF_CONTENT = Reference("types"), Reference("xml")
KEY = Mark(is_key=True)
ON_DEMAND = Mark(is_on_demand=True)
ALWAYS = Mark(is_always=True)
