"""Where things stand in the source document, what a type is called by, and what was degraded."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Struct, field

from bindwright.ir.model.markers import KEY_OF_TYPE, ON_DEMAND

TypeId = Annotated[str, KEY_OF_TYPE]
"""Where the schema stands: ``"#/components/schemas/Pet/properties/tags"``, with the file in front
where it is not the root document (``"common.yaml#/Pet"``); for interned scalars ``"string:date-time"``."""

Names = dict[str, str]
"""Names that are asked for, by language (``python``, ``typescript``); ``*``: for every other one."""


def name_asked_for(names: Names, language: str) -> str | None:
    """The name that is asked for in a language; None: the language may choose."""
    return names.get(language) or names.get("*")


Json = Any
"""A JSON value."""


class SourcePlace(Struct, kw_only=True):
    """Where something stands in the source: file (relative to the root document's folder; ``""`` is the
    root document) and JSON pointer. Line and column are computed from it when they are shown."""

    file: str = ""
    pointer: str = ""


class Degraded(Struct, kw_only=True):
    """Something the document says that the nearest honest type does not."""

    code: str
    why: str
    place: Annotated[SourcePlace, ON_DEMAND] = field(default_factory=SourcePlace)
