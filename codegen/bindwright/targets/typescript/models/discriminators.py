"""What discriminators say of an object: its own value, and those of other types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bindwright.ir import model as ir

_WIDE = frozenset({"int64", "uint64"})
"""Forms of integers that are no numbers in JavaScript."""


def what_discriminators_say(api: ir.Api, type_: ir.Object) -> dict[str, dict[str, Any]]:
    """By the name of the member: the value that is written where nobody sets one, and those that are refused.

    An object that others refer to is written as it is: what refers to it means the same one.
    """
    if type_.reference is not None:
        return {}
    line = list(_line(api, type_))
    said: dict[str, dict[str, Any]] = {}
    for property_ in type_.properties:
        facts: dict[str, Any] = {}
        if property_.usual is not None and not _is_wide(api, property_):
            facts["usual"] = property_.usual
        if others := _others(api, type_, line, property_.name):
            facts["others"] = others
        if facts:
            said[property_.name] = facts
    return said


def _is_wide(api: ir.Api, property_: ir.Property) -> bool:
    lexical = property_.use.lexical or getattr(api.types[property_.use.type], "lexical", None)
    return lexical is not None and lexical.json in _WIDE


def _others(api: ir.Api, type_: ir.Object, line: list[ir.Object], name: str) -> list[str]:
    """The values that lead to types which neither derive from an object's nor are among those that it derives from."""
    holders = [above for above in line if above.discriminator == name and above.mapping]
    if not holders:
        return []
    above = {each.id for each in line}
    # The base furthest up knows the values of all that derives from it.
    return [
        value
        for value, goal in holders[-1].mapping.items()
        if goal not in above and all(each.id != type_.id for each in _line(api, api.types[goal]))
    ]


def _line(api: ir.Api, type_: ir.AnyType) -> Iterator[ir.Object]:
    """An object and those that it derives from, the nearest first."""
    seen: set[ir.TypeId] = set()
    while isinstance(type_, ir.Object) and type_.id not in seen:
        yield type_
        seen.add(type_.id)
        type_ = api.types.get(type_.base or "", type_)
