"""What reads each kind of place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bindwright.runtime.leniency import Deviation
from bindwright.runtime.xml.decoding import (
    hooked,
    models,
    scalars_and_containers,
    unions,
    untyped,
)
from bindwright.runtime.xml.decoding.context import (
    DecodeContext,
    Reader,
    ReaderFactory,
    has_place,
    unknown_on,
)
from bindwright.runtime.xml.fast.layout_regex import MISS, ReadApart
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.settings import Settings
from bindwright.runtime.xml.tree.parse import Element

MAKERS: Mapping[str, Callable[[XmlPlace, ReaderFactory], Reader]] = {
    "scalar": scalars_and_containers.scalar_reader,
    "offset": scalars_and_containers.offset_reader,
    "list": scalars_and_containers.list_reader,
    "tuple": scalars_and_containers.tuple_reader,
    "map": scalars_and_containers.map_reader,
    "model": models.reader,
    "union": unions.reader,
    "any": untyped.reader,
    "hooked": hooked.reader,
}


def reader_of(place: XmlPlace, settings: Settings) -> Reader:
    """The reader of elements at a place; the element's name has been checked already."""
    return ReaderFactory(settings, MAKERS).of(place)


def apart_reader(settings: Settings) -> ReadApart:
    """What reads one element apart from the document that it stands in."""
    readers: dict[int, tuple[XmlPlace, Reader]] = {}

    def read(place: XmlPlace, node: Element, deviations: list[Deviation] | None) -> Any:
        if id(place) not in readers:
            readers[id(place)] = place, reader_of(place, settings)
        context = DecodeContext(settings, deviations=deviations)
        value = readers[id(place)][1](node, context)
        if context.aside or (node.keys() and not has_place(place, value) and unknown_on(node)):
            return MISS  # the list, or the model whose member it is, keeps it
        return value

    return read
