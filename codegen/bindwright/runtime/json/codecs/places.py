"""Readers and writers of single places: roots, members of unions, items of streams."""

from __future__ import annotations

from bindwright.runtime.compile.source import FunctionSource
from bindwright.runtime.json.codecs.json_structs import StructTyper
from bindwright.runtime.json.decoding.compile_reader import ReaderCompiler
from bindwright.runtime.json.encoding.compile_writer import WriterCompiler
from bindwright.runtime.json.plan.registry import Registry
from bindwright.runtime.shapes import Shape
from bindwright.runtime.value_types import Function


def place_reader(
    shape: Shape, registry: Registry, profile: str, typing: StructTyper | None = None
) -> Function:
    """A function from a parsed JSON value (or, with ``typing``, from a struct) to the place's value."""
    source = FunctionSource(f"json read {shape.name or shape.kind}")
    reading = ReaderCompiler(source, registry, profile)
    if typing is not None:
        reading.typed = typing.typed
    name = reading.function(shape)
    return source.compile(name)


def place_writer(shape: Shape, registry: Registry, profile: str) -> Function:
    """A function from the place's value to what msgspec writes."""
    source = FunctionSource(f"json write {shape.name or shape.kind}")
    name = WriterCompiler(source, registry, profile).function(shape)
    return source.compile(name)
