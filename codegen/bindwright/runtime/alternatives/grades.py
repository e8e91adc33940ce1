"""Grades: how far a parsed JSON value is from an alternative."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Any, NamedTuple

from bindwright.runtime.alternatives.classes import matches, table_of
from bindwright.runtime.alternatives.places import Place, is_possible, place_of
from bindwright.runtime.alternatives.tags import contradicts_tag
from bindwright.runtime.scalar_checks import check_number, check_string, checks_of, size
from bindwright.runtime.shapes import Shape
from bindwright.runtime.values.raw_schemas import satisfies

LEVELS = 3
"""How deep members are looked at: the tag of an envelope stands in the header of the envelope's content."""
ITEMS = 8
"""How many items of a list are looked at: they are of one kind nearly always."""


class Grade(NamedTuple):
    """How far a value is from an alternative; the smallest is the best."""

    violations: int
    """Members that are missing, or have a value or a type that the schema forbids."""
    unlisted: int
    """Values that an open enumeration does not list: a newer server's, if no other alternative lists them."""
    unknown: int
    """Members that the alternative does not declare."""
    lacking: int
    """Members that it declares and the value does not have; of a map or of anything `FREE`."""


FREE = 1000
"""What an object lacks as a map or as anything: more than a class has members, which come first if they know all."""
FITS = Grade(0, 0, 0, 0)
FITS_ANYTHING = Grade(0, 0, 0, FREE)
WRONG = Grade(1, 0, 0, 0)
UNLISTED = Grade(0, 1, 0, 0)

ANYTHING: Any = object()
"""A value that fits every place, for `grade`: what stands for the nulls that lenient reading forgives."""


def grade(shape: Shape, value: Any, levels: int = LEVELS) -> Grade:
    """How far a parsed JSON value is from the values of a place."""
    place: Place = shape.grading or place_of(shape)
    if place.asserts and value is not None:
        return and_asserted(place, value, grade_by_type(shape, place, value, levels))
    return grade_by_type(shape, place, value, levels)


def and_asserted(place: Place, value: Any, by_type: Grade) -> Grade:
    """A grade with what the schema says of a JSON value besides its type."""
    violations = sum(not satisfies(schema, value) for schema in place.asserts)
    return by_type._replace(violations=by_type.violations + violations) if violations else by_type


def grade_by_type(shape: Shape, place: Place, value: Any, levels: int) -> Grade:
    """The grade without what the schema asserts besides types."""
    if shape.kind == "any":
        return FITS_ANYTHING if isinstance(value, (dict, list)) else FITS
    if type(value) in place.plain or (type(value) is str and value in place.listed):
        return FITS
    if value is None:
        return FITS if shape.nullable or shape.kind == "null" else WRONG
    if shape.twins():
        return min(grade(twin, value, levels) for twin in shape.twins())
    if shape.kind == "union":
        return (
            min((grade(member, value, levels - 1) for member in shape.inner()), default=FITS)
            if levels
            else FITS
        )
    if not is_possible(shape.kind, value):
        return WRONG
    if type(value) is dict:
        if shape.kind == "model":
            of_class = grade_object(shape.type, value, levels)
            return of_class if shape.wire.checks is None else and_size(shape, value, of_class)
        items = _grade_items(shape.item, list(value.values()), levels)
        return and_size(shape, value, items._replace(lacking=items.lacking + FREE))
    if type(value) is list:
        if shape.kind == "list":
            return and_size(shape, value, _grade_items(shape.item, value, levels))
        return and_size(shape, value, _tuple(shape, value, levels))
    return grade_scalar(shape, value)


def grade_scalar(shape: Shape, value: Any) -> Grade:
    """The same of a string, number or boolean, as it stands in JSON or as it was decoded."""
    if shape.twins():
        return min(grade_scalar(twin, value) for twin in shape.twins())
    if shape.kind == "enum":
        plain = value.value if isinstance(value, enum.Enum) else value
        # Flags combine: what is not listed is a sum of what is.
        if issubclass(shape.type, enum.Flag) or _is_listed(plain, (member.value for member in shape.type)):
            return FITS
        return UNLISTED
    if shape.kind == "literal":
        return FITS if _is_listed(value, shape.literals) else UNLISTED if shape.is_open else WRONG
    if shape.kind == "integer" and isinstance(value, float) and not value.is_integer():
        return WRONG
    if checks_of(shape) is None and shape.fact("format") is None:
        return FITS
    if shape.kind == "string" and isinstance(value, str):
        return WRONG if any(check_string(shape, value, "", 0)) else FITS
    if shape.kind in ("integer", "number", "decimal") and not isinstance(value, str):
        return WRONG if any(check_number(shape, value, "", 0)) else FITS
    return FITS


def and_size(shape: Shape, value: Any, items: Grade) -> Grade:
    """The grade of a list or map with what its schema says of their number, and of names that have to be there."""
    place: Place = shape.grading or place_of(shape)
    violations, checks = items.violations, place.checks
    for name in place.required:
        violations += name not in value
    if checks is not None:
        minimum, maximum = (
            (checks.min_properties, checks.max_properties)
            if isinstance(value, dict)
            else (checks.min_items, checks.max_items)
        )
        violations += any(size(len(value), minimum, maximum, "", ("", "", "")))
    return items if violations == items.violations else items._replace(violations=violations)


def _tuple(shape: Shape, values: Any, levels: int) -> Grade:
    """The grade of a tuple: what is beyond its end is not allowed, items are asked each by its own place."""
    shapes = shape.inner()
    if len(values) > len(shapes):
        return WRONG
    if not levels:
        return FITS
    return sum_of([grade(item, value, levels - 1) for item, value in zip(shapes, values, strict=False)])


def _is_listed(value: Any, listed: Any) -> bool:
    return any(value == item and isinstance(value, bool) == isinstance(item, bool) for item in listed)


def _grade_items(item: Shape, values: list[Any], levels: int) -> Grade:
    if not levels:
        return FITS
    return sum_of([grade(item, value, levels - 1) for value in values[:ITEMS]])


def sum_of(grades: list[Grade]) -> Grade:
    off = [grade_ for grade_ in grades if grade_ is not FITS]
    if len(off) < 2:
        return off[0] if off else FITS
    return Grade(*map(sum, zip(*off, strict=True)))


def grade_object(model: type, value: Mapping[str, Any], levels: int = LEVELS) -> Grade:
    """How far an object is from a class, by the JSON names of its members."""
    table = table_of(model)
    if table is None:  # a class of the user's, with a hook
        return FITS
    keys, violations = value.keys(), 0
    if not table.needed <= keys:
        violations = sum(name not in value for name in table.required)
    if (checks := table.checks) is not None:
        violations += any(size(len(value), checks.min_properties, checks.max_properties, "", ("", "", "")))
    unlisted = unknown = 0
    for name, item in value.items():
        member = table.members.get(name)
        if member is None:
            unknown += 1
            violations += table.closed and not matches(table.patterns, name)
        elif item is None and not member.required:
            continue  # null stands for absent
        elif levels and (inner := grade(member.shape, item, levels - 1)) is not FITS:
            violations += inner.violations > 0
            unlisted += inner.unlisted
    contradiction = contradicts_tag(model, value.get)
    lacking = len(table.members) - len(keys) + unknown
    return Grade(violations + (contradiction is True), unlisted + (contradiction is None), unknown, lacking)
