"""What the walk over a document comes past."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

# Where something stands: the node around it and the token that leads here; the file at the root.
PathNode = tuple[Any, Any]


class CollectedObjects(Struct):
    """What the walk came past, for the checks that look at one kind of object."""

    schemas: list[tuple[dict[str, Any], PathNode]] = field(default_factory=list)
    operations: list[tuple[dict[str, Any], PathNode]] = field(default_factory=list)
    paths: list[tuple[dict[str, Any], PathNode]] = field(default_factory=list)
    parameters: list[tuple[dict[str, Any], PathNode]] = field(default_factory=list)
    servers: list[tuple[dict[str, Any], PathNode]] = field(default_factory=list)
    requirements: list[tuple[dict[str, Any], PathNode]] = field(default_factory=list)
    links: list[tuple[dict[str, Any], PathNode]] = field(default_factory=list)
