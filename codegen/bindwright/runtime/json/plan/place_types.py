"""What msgspec knows of the places of a struct."""

from __future__ import annotations

from bindwright.runtime.json.plan.registry import CodecOfModel, StructTag
from bindwright.runtime.shapes import Shape
from bindwright.runtime.value_types import TypeForm


class PlaceTypes(dict[int, TypeForm]):
    """By the id of a shape, its type in the struct; what is not here is parsed JSON of any kind there."""

    def __init__(self) -> None:
        super().__init__()
        self.tagged: dict[int, dict[type, tuple[CodecOfModel, StructTag]]] = {}
        """Of unions that a discriminator tells apart: the structs of the alternatives."""
        self.by_type: dict[int, tuple[tuple[Shape, type], ...]] = {}
        """Of unions whose alternatives have different JSON types: these, and Python's types of them."""
