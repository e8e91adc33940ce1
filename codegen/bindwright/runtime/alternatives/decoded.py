"""Grades of values that were read: a format that reads before it asks."""

from __future__ import annotations

import decimal
import enum
from collections.abc import Callable
from typing import Any

import attrs

from bindwright.runtime.alternatives.grades import (
    FITS,
    ITEMS,
    LEVELS,
    WRONG,
    Grade,
    and_asserted,
    and_size,
    grade_scalar,
    sum_of,
)
from bindwright.runtime.alternatives.places import grading_of
from bindwright.runtime.alternatives.tags import contradicts_tag, inherited_tags, members_by_name
from bindwright.runtime.model import UNSET
from bindwright.runtime.scalar_checks import checks_of
from bindwright.runtime.shapes import Shape


def grade_decoded(shape: Shape, value: Any, levels: int = LEVELS) -> Grade:
    """How far a value that was read is from what its alternative allows: a format that reads before it asks.

    A member that is absent lacks nothing, be it of a type that tells null from it: who reads has refused what is required.
    """
    if value is None or value is UNSET or not levels:
        return FITS
    place = grading_of(shape)
    by_type = _grade_decoded_by_type(shape, value, levels)
    return and_asserted(place, _as_json(value), by_type) if place.asserts else by_type


def _grade_decoded_by_type(shape: Shape, value: Any, levels: int) -> Grade:
    if shape.twins():
        return min(grade_decoded(twin, value, levels) for twin in shape.twins())
    if shape.kind == "model":
        return _grade_model(value, levels)
    if shape.kind in ("list", "map", "tuple"):
        # A value that another style is to have may be of another alternative altogether.
        if not isinstance(value, dict if shape.kind == "map" else (list, tuple)):
            return WRONG
        items = list(value.values() if isinstance(value, dict) else value)[:ITEMS]
        shapes = shape.inner() if shape.kind == "tuple" else [shape.item] * len(items)
        grades = [grade_decoded(inner, item, levels - 1) for inner, item in zip(shapes, items, strict=False)]
        return and_size(shape, value, sum_of(grades))
    return FITS if shape.kind in ("union", "any") else grade_scalar(shape, value)


def _as_json(value: Any) -> Any:
    """A value that was read, as what it is in JSON, near enough for what a schema asserts: times and bytes are texts."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, dict):
        return {str(name): _as_json(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_as_json(item) for item in value]
    model: type = type(value)
    if attrs.has(model):
        attributes = {
            name: getattr(value, member.attribute) for name, member in members_by_name(model).items()
        }
        return {
            name: _as_json(item)
            for name, item in attributes.items()
            if item is not None and item is not UNSET
        }
    return value if isinstance(value, (str, int, float, decimal.Decimal, type(None))) else str(value)


Grader = Callable[[Any], Grade | None]
"""Gives the grade of a value that was read; None where it fits."""


def decoded_grader(shape: Shape, levels: int = LEVELS) -> Grader | None:
    """`grade_decoded` for one place, which looks only at what a schema says something of; None where nothing is."""
    if not levels:
        return None
    by_type = _grader_by_type(shape, levels)
    return _asserting_grader(shape, by_type) if grading_of(shape).asserts else by_type


def _asserting_grader(shape: Shape, by_type: Grader | None) -> Grader:
    place = grading_of(shape)

    def grader(value: Any) -> Grade | None:
        if value is None or value is UNSET:
            return None
        how_far = by_type(value) if by_type is not None else None
        return _or_none(and_asserted(place, _as_json(value), FITS if how_far is None else how_far))

    return grader


def _grader_by_type(shape: Shape, levels: int) -> Grader | None:
    kind = shape.kind
    if kind in ("union", "any"):
        return None
    if shape.twins():
        return lambda value: _by_type_or_none(shape, value, levels)
    if kind == "model":
        return _model_grader(shape, levels)
    if kind in ("list", "map"):
        return _items_grader(shape, levels)
    if kind == "enum":
        return _enum_grader(shape)
    if kind == "tuple":
        return lambda value: _by_type_or_none(shape, value, levels)
    is_free = kind != "literal" and checks_of(shape) is None and shape.fact("format") is None
    return None if is_free else lambda value: _by_type_or_none(shape, value, LEVELS)


def _by_type_or_none(shape: Shape, value: Any, levels: int) -> Grade | None:
    if value is None or value is UNSET:
        return None
    return _or_none(_grade_decoded_by_type(shape, value, levels))


def _or_none(how_far: Grade) -> Grade | None:
    return how_far if any(how_far) else None


def _enum_grader(shape: Shape) -> Grader:
    # By identity: members are hashed in Python, and others than these are looked at by their values.
    members = {id(member): member for member in shape.type.__members__.values()}

    def grader(value: Any) -> Grade | None:
        return None if id(value) in members else _by_type_or_none(shape, value, LEVELS)

    return grader


def _items_grader(shape: Shape, levels: int) -> Grader | None:
    inner = decoded_grader(shape.item, levels - 1)
    if inner is None and checks_of(shape) is None and not shape.fact("required"):
        return None

    def grader(value: Any) -> Grade | None:
        if value is None or value is UNSET:
            return None
        items = list(value.values() if shape.kind == "map" else value)[:ITEMS]
        grades = [] if inner is None else [how_far for item in items if (how_far := inner(item)) is not None]
        return _or_none(and_size(shape, value, sum_of(grades)))

    return grader


def _model_grader(shape: Shape, levels: int) -> Grader | None:
    model = shape.type
    if not attrs.has(model):
        return None
    if inherited_tags(model):
        return lambda value: _by_type_or_none(shape, value, levels)
    graders = [
        (member.attribute, grader)
        for member in members_by_name(model).values()
        if (grader := decoded_grader(member.shape, levels - 1)) is not None
    ]
    if not graders:
        return None

    def grade_members(value: Any) -> Grade | None:
        if value.__class__ is not model:
            return _by_type_or_none(shape, value, levels)
        violations = unlisted = 0
        for attribute, grader in graders:
            inner = grader(getattr(value, attribute))
            if inner is not None:
                violations += inner.violations > 0
                unlisted += inner.unlisted
        return Grade(violations, unlisted, 0, 0) if violations or unlisted else None

    return grade_members


def _grade_model(value: Any, levels: int) -> Grade:
    model = type(value)
    if not attrs.has(model):
        return FITS
    members = members_by_name(model)
    violations = unlisted = 0
    for member in members.values():
        inner = grade_decoded(member.shape, getattr(value, member.attribute), levels - 1)
        violations += inner.violations > 0
        unlisted += inner.unlisted

    def get(name: str) -> Any:
        return getattr(value, members[name].attribute) if name in members else None

    contradiction = contradicts_tag(model, get)
    return Grade(violations + (contradiction is True), unlisted + (contradiction is None), 0, 0)
