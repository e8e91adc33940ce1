"""What a place of XML is settled by beside its type: what it inherits, and the list that it is an item of."""

from __future__ import annotations

from msgspec import Struct

from bindwright.ir.model import Profile, TypeId


class Inherited(Struct, frozen=True):
    """What a place gets from what it stands in."""

    namespace: str
    """The namespace of what names none."""
    profile: Profile
    known: tuple[TypeId, ...] = ()
    """``x-dcs-known-types`` of the types around."""


class HoldingList(Struct, frozen=True):
    """The list that an item stands in."""

    name: str
    fallback: str
    """What items without a name are called."""
    wrapped: bool
    is_root: bool
    is_named: bool = False
    """Whether the place says its name itself."""
    is_member: bool = False
    """Whether it is a member of an object, or stands in such a list."""
    is_text: bool = False
    """Whether items are words of a text: an attribute's."""
    is_keyed: bool = False
    """Whether its name is the key of a map, or what an entry says: then nothing that stands there has another."""
