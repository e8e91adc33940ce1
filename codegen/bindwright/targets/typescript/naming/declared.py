"""Which types are declared by a name, where they stand, and which differ between requests and responses."""

from __future__ import annotations

from collections.abc import Iterator

from bindwright.ir import model as ir
from bindwright.ir.walks import uses_of

Side = str
"""``request`` or ``response``."""


def is_literal(type_: ir.AnyType) -> bool:
    """Whether a type is one inline value, which is written where it is used."""
    return isinstance(type_, ir.Enum) and type_.const and type_.name is None


def declared(api: ir.Api) -> dict[ir.TypeId, ir.AnyType]:
    """The types that have a declaration of their own: named ones, inline objects, unions and enums, and lists and maps
    that contain themselves."""
    types = {
        key: type_
        for key, type_ in api.types.items()
        if type_.name is not None
        or (isinstance(type_, (ir.Object, ir.Union, ir.Enum)) and not is_literal(type_))
    }
    for key in _circular(api, types):
        types[key] = api.types[key]
    return types


def _circular(api: ir.Api, named: dict[ir.TypeId, ir.AnyType]) -> Iterator[ir.TypeId]:
    """Inline lists and maps that contain themselves with no named type between."""
    for key, type_ in api.types.items():
        if key in named or isinstance(type_, (ir.Scalar, ir.Enum)):
            continue
        waiting, seen = [use.type for use in uses_of(type_)], set[str]()
        while waiting:
            inner = waiting.pop()
            if inner == key:
                yield key
                break
            if inner not in seen and inner not in named and inner in api.types:
                seen.add(inner)
                waiting += [use.type for use in uses_of(api.types[inner])]


def is_union_of_derived(type_: ir.AnyType) -> bool:
    """Whether an object's discriminator tells other types than the object itself."""
    return (
        isinstance(type_, ir.Object)
        and type_.discriminator is not None
        and any(target != type_.id for target in type_.mapping.values())
    )


def two_sided(api: ir.Api) -> set[ir.TypeId]:
    """The types whose values in requests are other ones than in responses."""
    users: dict[ir.TypeId, list[ir.TypeId]] = {}
    waiting: list[ir.TypeId] = []
    for key, type_ in api.types.items():
        if type_.side is not None:
            continue
        for use in uses_of(type_):
            users.setdefault(use.type, []).append(key)
        if isinstance(type_, ir.Object) and any(property_.side for property_ in type_.properties):
            waiting.append(key)
    sides: set[ir.TypeId] = set()
    while waiting:
        key = waiting.pop()
        if key not in sides:
            sides.add(key)
            waiting += users.get(key, ())
    return sides


def home_of(api: ir.Api, key: ir.TypeId) -> tuple[str, str]:
    """The module in which a type stands: a key of it, and the text that names it."""
    type_ = api.types[key]
    if type_.name is not None:
        return key, type_.name
    owner = api.types.get(type_.owner) if type_.owner else None
    if owner is None or owner.name is None:
        owner = _around(api, key)
    if owner is not None and owner.name is not None:
        return owner.id, owner.name
    operation = type_.context[0] if type_.context else " ".join(type_.words)
    return f"operation {operation}", operation


def _around(api: ir.Api, key: ir.TypeId) -> ir.AnyType | None:
    """The named type whose key begins that of an inline one."""
    while "/" in key:
        key = key.rpartition("/")[0]
        type_ = api.types.get(key)
        if type_ is not None and type_.name is not None:
            return type_
    return None
