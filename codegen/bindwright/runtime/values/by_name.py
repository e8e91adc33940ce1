"""Values whose names tell what they are (``patternProperties``, JSON Schema 2020-12 core, 10.3.2.2)."""

from __future__ import annotations

import typing
from collections.abc import Callable

from bindwright.runtime.shapes import Shape
from bindwright.runtime.values.patterns import searcher


def named_item(shape: Shape, name: str) -> Shape:
    """The shape of the value that a map has under a name: where patterns tell it, of the first that matches."""
    index = named_index(shape, name)
    return shape.item if index is None else shape.named_items()[index]


def named_index(shape: Shape, name: str) -> int | None:
    """Which of a map's `named_items` a name has; None where no pattern tells it, or one that no matcher knows."""
    for index, search in enumerate(_searches(shape)):
        if search is None:
            return None
        if search(name):
            return index
    return None


def named_indexes(shape: Shape, name: str) -> list[int]:
    """All of a map's `named_items` whose patterns a name matches; that of all others only where it matches none."""
    matching = [index for index, search in enumerate(_searches(shape)) if search is not None and search(name)]
    has_rest = bool(shape.wire.by_name) and not shape.wire.by_name[-1][0]
    return matching[:-1] if has_rest and len(matching) > 1 else matching


def _searches(shape: Shape) -> tuple[Callable[[str], bool] | None, ...]:
    if shape.searches is None:
        shape.searches = tuple(searcher(pattern) for pattern, _, _ in shape.wire.by_name)
    return typing.cast("tuple[Callable[[str], bool] | None, ...]", shape.searches)
