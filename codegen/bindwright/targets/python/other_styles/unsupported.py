"""What a style of models cannot read: types that stand as anything in it.

msgspec reads a union only where the JSON's own type tells its members (at most one object, one array, one text and
one integer among them), enumerations only of texts or of integers (of truth values there are none: `bool` stands for
them), and no alias that comes back to itself without an object between; a class that has one of these as a field
cannot be read at all. A class one of whose members has a quote, a backslash or a control character in its name cannot
even be made.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from bindwright.ir import model as ir

Types = Mapping[ir.TypeId, ir.AnyType]

_NO_MEMBER = re.compile(r'["\\\x00-\x1f]')
_TELLING = ("object", "array", "string", "integer")


def anything(types: Types, style: str) -> frozenset[ir.TypeId]:
    """The ids of the types that `style` cannot read."""
    if style != "msgspec":
        return frozenset()
    unreadable = {
        type_.id
        for type_ in types.values()
        if isinstance(type_, ir.Union) and not _has_distinct_kinds(types, type_)
    }
    unreadable |= {
        type_.id for type_ in types.values() if isinstance(type_, ir.Enum) and not _is_plain(type_)
    }
    unreadable |= {
        type_.id
        for type_ in types.values()
        if isinstance(type_, ir.Object) and any(_NO_MEMBER.search(member.name) for member in type_.properties)
    }
    return frozenset(unreadable | {type_.id for type_ in types.values() if _comes_back(types, type_)})


def _has_distinct_kinds(types: Types, union: ir.Union) -> bool:
    kinds = Counter(_kinds(types, union, {union.id}))
    return all(kinds[json_type] < 2 for json_type in _TELLING)


def _kinds(types: Types, union: ir.Union, visited: set[ir.TypeId]) -> Iterator[str]:
    """The JSON types of the members, one each."""
    for member in union.members:
        type_ = types.get(member.type)
        if isinstance(type_, ir.Union) and type_.id not in visited:
            yield from _kinds(types, type_, {*visited, type_.id})
        elif isinstance(type_, (ir.Object, ir.Map)):
            yield "object"
        elif isinstance(type_, ir.Array):
            yield "array"
        elif isinstance(type_, (ir.Scalar, ir.Enum)):
            yield type_.base


def _is_plain(enum: ir.Enum) -> bool:
    return enum.base in ("string", "integer", "boolean")


def _comes_back(types: Types, type_: ir.AnyType) -> bool:
    """Whether a type holds itself without an object between."""
    visited: set[ir.TypeId] = set()
    open_ = list(_inner(type_))
    while open_:
        key = open_.pop()
        if key == type_.id:
            return True
        if key not in visited and key in types:
            visited.add(key)
            open_ += _inner(types[key])
    return False


def _inner(type_: ir.AnyType) -> Iterator[ir.TypeId]:
    if isinstance(type_, ir.Array):
        yield from (use.type for use in [*type_.prefix, *([type_.items] if type_.items else [])])
    elif isinstance(type_, ir.Map):
        yield type_.values.type
    elif isinstance(type_, ir.Union):
        yield from (member.type for member in type_.members)
