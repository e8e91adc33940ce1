"""Readers and writers of single places: roots, members of unions, items of streams."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bindwright.runtime.compile.source import Source
from bindwright.runtime.json.decoding.compile_reader import Reading
from bindwright.runtime.json.encoding.compile_writer import Writing
from bindwright.runtime.json.plan.registry import Registry
from bindwright.runtime.shapes import Shape


def place_reader(
    shape: Shape, registry: Registry, profile: str, typed: dict[int, Any] | None = None
) -> Callable[[Any], Any]:
    """A function from a parsed JSON value (or, with ``typed``, from a twin) to the place's value."""
    source = Source(f"read {shape.name or shape.kind}")
    reading = Reading(source, registry, profile)
    reading.typed = typed or {}
    name = reading.function(shape)
    return source.compile()[name]  # type: ignore[no-any-return]


def place_writer(shape: Shape, registry: Registry, profile: str) -> Callable[[Any], Any]:
    """A function from the place's value to what msgspec writes."""
    source = Source(f"write {shape.name or shape.kind}")
    name = Writing(source, registry, profile).function(shape)
    return source.compile()[name]  # type: ignore[no-any-return]
