"""Quick answers about alternatives, without a grade: by names alone, or up to the first violation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bindwright.runtime.alternatives.classes import ClassTable, matches, table_of
from bindwright.runtime.alternatives.grades import FREE, ITEMS, LEVELS, grade_by_type
from bindwright.runtime.alternatives.places import Place, is_possible, place_of
from bindwright.runtime.shapes import Shape
from bindwright.runtime.values.raw_schemas import satisfies

Presence = tuple[bool | int, int, int]
"""Required members that are missing, that many violations at least; members that are unknown; members that are lacking."""


def presence(shape: Shape, value: Any, levels: int = LEVELS) -> Presence | None:
    """The part of a grade that the names in a value tell, without a look at what they have; None where they cannot.

    Unknown and lacking members are those of `grade`.
    """
    if type(value) not in (dict, list):
        return 0, 0, 0
    if shape.kind == "any":
        return 0, 0, FREE
    if shape.kind == "model" and type(value) is dict:
        table = table_of(shape.type)
        if table is None:  # a class of the user's, with a hook
            return 0, 0, 0
        keys, members, needed = value.keys(), table.members.keys(), table.needed
        there = len(keys & members)
        is_short = bool(needed) and not needed <= keys
        return is_short, len(keys) - there, len(members) - there
    if shape.kind in ("union", "tuple"):
        return None
    if not is_possible(shape.kind, value):
        return 1, 0, 0
    missing = unknown = 0
    lacking = FREE if shape.kind == "map" else 0
    for item in list(value.values() if type(value) is dict else value)[:ITEMS] if levels else ():
        inner = presence(shape.item, item, levels - 1)
        if inner is None:
            return None
        missing, unknown, lacking = missing + inner[0], unknown + inner[1], lacking + inner[2]
    return missing, unknown, lacking


def fits(shape: Shape, value: Any, levels: int = LEVELS) -> bool:
    """Whether `grade` finds neither a violation nor an unlisted value; it stops at the first."""
    place: Place = shape.grading or place_of(shape)
    if type(value) in place.plain:
        return True
    if place.asserts and value is not None and not all(satisfies(schema, value) for schema in place.asserts):
        return False
    if shape.twins() and value is not None:
        return any(fits(twin, value, levels) for twin in shape.twins())
    if shape.kind == "union" and value is not None:
        return not levels or any(fits(member, value, levels - 1) for member in shape.inner())
    if type(value) is list and shape.kind == "list":
        is_sized = _has_size(place, value)
        return is_sized and (not levels or _items_fit(shape.item, value[:ITEMS], levels - 1))
    if type(value) is dict and shape.kind == "map":
        is_sized = _has_size(place, value)
        return is_sized and (not levels or _items_fit(shape.item, list(value.values())[:ITEMS], levels - 1))
    if type(value) is dict and shape.kind == "model" and not (place.checks or place.required):
        table = table_of(shape.type)
        if table is not None and table.is_simple:
            return _object_fits(table, value, levels)
    return grade_by_type(shape, place, value, levels)[:2] == (0, 0)


def _has_size(place: Place, value: Any) -> bool:
    """Whether a list or map has as many items, and the names, that its schema asks for."""
    least, most = place.sizes
    if (least is not None and len(value) < least) or (most is not None and len(value) > most):
        return False
    return all(name in value for name in place.required)


def _items_fit(item: Shape, values: list[Any], levels: int) -> bool:
    plain = (item.grading or place_of(item)).plain
    return all(type(value) in plain or fits(item, value, levels) for value in values)


def _object_fits(table: ClassTable, value: Mapping[str, Any], levels: int) -> bool:
    if table.needed and not table.needed <= value.keys():
        return False
    plain, listed = table.plain, table.listed
    for name, item in value.items():
        if type(item) in plain.get(name, ()) or (type(item) is str and item in listed.get(name, ())):
            continue
        member = table.members.get(name)
        if member is None:
            if table.closed and not matches(table.patterns, name):
                return False
        elif item is None and not member.required:
            continue  # null stands for absent
        elif levels and not fits(member.shape, item, levels - 1):
            return False
    return True
