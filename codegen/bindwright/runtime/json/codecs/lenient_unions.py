"""Unions where values need not fit: the alternative that is meant is read leniently, else the value stays untyped."""

from __future__ import annotations

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

    def read(value: JsonValue) -> PythonValue:
        if type(value) is dict and discriminator is not None:
            tag = value.get(discriminator)
            if type(tag) is str and tag in by_tag:
                return by_tag[tag](value)
        read_only = only.get(type(value))
        # Several may be meant: one that fits is read, and nothing is read twice below, so that this is linear.
        return read_strictly(value) if read_only is None else read_only(value)

    return read


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


def _flat(shape: Shape) -> list[Shape]:
    shapes: list[Shape] = []
    for item in shape.inner():
        shapes.extend(_flat(item) if item.kind == "union" else [item])
    return shapes
