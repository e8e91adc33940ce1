"""JSON, settled: what tells the alternatives of a union apart, and how objects refer to each other."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from bindwright.ir.model.source import Json
from bindwright.ir.model.uses import Constraints

JsonType = Literal["null", "boolean", "integer", "number", "string", "array", "object"]


class Alternative(Struct, kw_only=True):
    """What a JSON value has to be, to be read as one alternative of a union."""

    member: int
    """Which of the union's `members` (from 0)."""
    types: list[JsonType]
    """The types that the value may have; a ``number`` may also be written without a fraction."""
    values: list[Json] = field(default_factory=list)
    """Listed values; absent: any of the type."""
    open: bool = False
    """Other values than the listed ones are read too, where no other alternative takes the value."""
    constraints: Constraints | None = None
    """Pattern, lengths and ranges of a scalar, number of items of an array."""
    requires: list[str] = field(default_factory=list)
    """Members that an object has to have."""
    constants: dict[str, list[Json]] = field(default_factory=dict)
    """Members that have one of these values where they are there."""
    usual: dict[str, list[Json]] = field(default_factory=dict)
    """The same of members whose values are open: with another one an object is read where no other alternative takes it."""
    names: list[str] = field(default_factory=list)
    """The members that an object may have; of the alternatives that take a value, the one counts that leaves the
    fewest members unknown, of those the one with the fewest names that are not there, and of those the first."""
    closed: bool = False
    """An object may have no other members: with others it is read where no other alternative takes it."""


class Reference(Struct, kw_only=True):
    """Objects of which each is written once, with an id, and referred to after (``x-dcs-is-reference``)."""

    id: str
    """The member of JSON that carries the id (``$id``)."""
    ref: str
    """The member of an object that stands for one written before (``$ref``)."""
    attribute: str
    """The attribute of XML that does the same (``Ref``)."""
