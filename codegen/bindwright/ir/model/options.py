"""What a caller may say about lowering beside the document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from bindwright.ir.model.source import Json


class LowerOptions(Struct, kw_only=True, frozen=True):
    """Settings of `bindwright.ir.lower`.

    Operations are named by their id (``"GET /pets/{id}"``) or their ``operationId``; types by their id.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    """Name overrides by type id, operation id, or id of a property or parameter (its place)."""
    pagination: Mapping[str, Json] = field(default_factory=dict)
    """By operation; wins over ``x-pagination``."""
    infer_pagination: bool = True
    """Whether lists with the well-known signs of paging are paged without ``x-pagination``."""
    poll: Mapping[str, Json] = field(default_factory=dict)
    """By operation; wins over ``x-poll``."""
    media_types: tuple[str, ...] = ()
    """Media types that come first among a body's contents, in this order; the rest follow as written."""
    xml_references: Literal["property", "component"] = "property"
    """What a property that is a mere reference to a component without ``xml.name`` is called in XML: as the property,
    or as the component (the letter of OpenAPI 3.2)."""
    complete: bool = True
    """Whether what only readers beside the Python target need is settled, too: words, lexical forms and JSON."""
    max_depth: int = 64
    """How many inline schemas may stand in each other (a named schema begins again)."""
