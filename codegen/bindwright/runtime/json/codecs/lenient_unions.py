"""Unions where values need not fit: the alternative that is meant is read leniently, else the value stays untyped."""

from __future__ import annotations

from typing import Any

from bindwright.runtime.alternatives.grades import ANYTHING, grade
from bindwright.runtime.alternatives.places import is_possible
from bindwright.runtime.errors import DecodeError
from bindwright.runtime.json.codecs.places import place_reader
from bindwright.runtime.json.plan.registry import Registry
from bindwright.runtime.shapes import Shape, shape_of
from bindwright.runtime.value_types import Function, JsonValue, PythonValue

_KINDS: dict[type, frozenset[str]] = {dict: frozenset({"model", "map"}), list: frozenset({"list", "tuple"})}


def lenient_union_reader(shape: Shape, registry: Registry, profile: str) -> Function:
    """A reader of a union's values."""
    read_strictly = registry.make.union_reader(shape, registry.strict, profile)
    by_tag = _by_tag(shape, registry, profile)
    choice = shape.fact("choice")
    discriminator = choice.discriminator if choice is not None else None
    # An object can only be meant for the one alternative that is an object: no need to ask whether it fits.
    only = {type_: _only_alternative(shape, type_, registry, profile) for type_ in _KINDS}
    structures = [
        item for item in _untagged(shape) if item.kind in ("model", "map", "list", "tuple", "union")
    ]
    readers = {id(item): place_reader(item, registry, profile) for item in structures}

    def read(value: JsonValue) -> PythonValue:
        if type(value) is dict and discriminator is not None:
            tag = value.get(discriminator)
            if type(tag) is str and tag in by_tag:
                return by_tag[tag](value)
        read_only = only.get(type(value))
        if read_only is not None:
            return read_only(value)
        # Several may be meant: one that fits is read.
        try:
            return read_strictly(value)
        except DecodeError:
            is_tagged = (
                discriminator is not None and type(value) is dict and value.get(discriminator) is not None
            )
            meant = None if is_tagged else _but_for_nulls(structures, value)
            if meant is None:
                raise
            return readers[id(meant)](value)

    return read


_LEVELS = 3
"""How deep nulls are looked for, as `grade` looks at members."""


def _but_for_nulls(alternatives: list[Shape], value: JsonValue) -> Shape | None:
    """The alternative that a value would be valid for if nulls stood nowhere that none are allowed; the nearest of several.

    A null refuses no answer (decision 9), be it one of a choice.
    """
    if type(value) not in (dict, list):
        return None
    forgiven, has_nulls = _forgiven(value, _LEVELS)
    if not has_nulls:
        return None
    graded = [
        (grade(item, forgiven), item)
        for item in alternatives
        if item.kind == "union" or is_possible(item.kind, value)
    ]
    fitting = [entry for entry in graded if not entry[0].violations]
    return min(fitting, key=lambda entry: entry[0], default=(None, None))[1]


def _forgiven(value: JsonValue, levels: int) -> tuple[Any, bool]:
    """A value with `ANYTHING` for each null, and whether there was one."""
    if value is None:
        return ANYTHING, True
    if not levels or not isinstance(value, (dict, list)):
        return value, False
    if isinstance(value, dict):
        named = {key: _forgiven(item, levels - 1) for key, item in value.items()}
        return {key: item for key, (item, _) in named.items()}, any(null for _, null in named.values())
    items = [_forgiven(item, levels - 1) for item in value]
    return [item for item, _ in items], any(null for _, null in items)


def _by_tag(shape: Shape, registry: Registry, profile: str) -> dict[str, Function]:
    choice = shape.fact("choice")
    if choice is None or not choice.discriminator:
        return {}
    return {
        tag: place_reader(shape_of(type_, names=shape.names), registry, profile)
        for tag, type_ in choice.mapping.items()
    }


def _only_alternative(shape: Shape, type_: type, registry: Registry, profile: str) -> Function | None:
    alternatives = [item for item in _flat(shape) if item.kind in _KINDS[type_] or item.kind == "any"]
    choice = shape.fact("choice")
    if len(alternatives) != 1 or (choice is not None and choice.discriminator):
        return None
    return place_reader(alternatives[0], registry, profile)


def _untagged(shape: Shape) -> list[Shape]:
    """The alternatives, and those of unions among them that have no discriminator."""
    shapes: list[Shape] = []
    for item in shape.inner():
        choice = item.fact("choice") if item.kind == "union" else None
        is_plain = item.kind == "union" and (choice is None or not choice.discriminator)
        shapes.extend(_untagged(item) if is_plain else [item])
    return shapes


def _flat(shape: Shape) -> list[Shape]:
    shapes: list[Shape] = []
    for item in shape.inner():
        shapes.extend(_flat(item) if item.kind == "union" else [item])
    return shapes
