"""What reads each kind of place."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bindwright.runtime.xml.decoding import (
    hooked,
    models,
    scalars_and_containers,
    unions,
    untyped,
)
from bindwright.runtime.xml.decoding.context import Reader, ReaderFactory
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.settings import Settings

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
