"""What the names of an enumeration's members are settled to."""

from __future__ import annotations

from msgspec import Struct


class MemberNames(Struct, frozen=True):
    """Names of an enumeration's members; the older ones, and what the lock holds."""

    names: list[str]
    aliases: dict[str, list[str]]
    locked: dict[str, str]
