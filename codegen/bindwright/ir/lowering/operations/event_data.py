"""The data of server-sent events that is JSON: what ``contentSchema`` describes is what comes.

OpenAPI 3.2.0, "Special Considerations for Server-Sent Events": the fields of an event are text, and ``contentMediaType``
and ``contentSchema`` of its ``data`` say what the text holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Location, escape
from bindwright.ir.lowering.operations.bodies import is_json
from bindwright.ir.lowering.references import follow
from bindwright.ir.lowering.values import mapping, text
from bindwright.standards.media_types import kind_of


def note_event_data(context: Lowering) -> None:
    """Note the places of ``data`` whose type is that of its content, before anything is lowered."""
    if not context.api.info.source_version.startswith("3.2"):
        return
    for schema, location in _item_schemas(context, context.root, Location("", "")):
        _note(context, schema, location, set())


def _item_schemas(context: Lowering, node: Any, location: Location) -> Iterator[tuple[Any, Location]]:
    """Every ``itemSchema`` of a stream of events in the root document."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _item_schemas(context, item, location.down(f"/{index}"))
    elif isinstance(node, dict):
        for key, child in node.items():
            below = location.down("/" + escape(text(key)))
            if isinstance(child, dict) and "itemSchema" in child and kind_of(text(key)) == "sse":
                yield child["itemSchema"], below.down("/itemSchema")
            else:
                yield from _item_schemas(context, child, below)


def _note(context: Lowering, schema: Any, location: Location, visited: set[str]) -> None:
    """Follow what an item may be to the objects with ``data``."""
    if location.id in visited or not isinstance(schema, dict):
        return
    visited.add(location.id)
    if "$ref" in schema:
        target = follow(context, schema["$ref"], location)
        if target is not None:
            _note(context, *target, visited)
    for keyword in ("allOf", "anyOf", "oneOf"):
        branches = schema.get(keyword)
        for index, branch in enumerate(branches if isinstance(branches, list) else ()):
            _note(context, branch, location.down(f"/{keyword}/{index}"), visited)
    data = mapping(mapping(schema.get("properties")).get("data"))
    if isinstance(data.get("contentSchema"), dict) and is_json(
        text(data.get("contentMediaType"))
    ):  # without it `contentSchema` says nothing
        context.event_data.add(location.down("/properties/data").id)
