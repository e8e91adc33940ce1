"""The words of what stands in an operation, whoever comes there first: the operation itself or a reference.

Bundlers put what several operations share into the first of them and refer to it from the others
(``#/paths/~1pets/get/responses/404``): its types are called by their home all the same.
"""

from __future__ import annotations

from typing import Any

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Location, escape
from bindwright.ir.lowering.operations.operation_ids import short_operation_id
from bindwright.ir.lowering.values import mapping
from bindwright.standards.json_pointer import split

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")


def worded(place: Location, raw: dict[str, Any], method: str, path: str, fragment: str) -> Location:
    """The location of the operation with the words its inline types are called by."""
    name = raw.get("operationId")
    if isinstance(name, str) and name.strip():
        return Location(place.file, place.pointer, short_operation_id(name, path, method))
    if place.words:  # a callback: its operation and its own name, which tell more than an expression
        return Location(place.file, place.pointer, None if method == "POST" else method.lower(), place)
    segments = [segment.replace("{", "").replace("}", "") for segment in (*path.split("/"), fragment)]
    # One text: what stands in the operation is told by where this ends.
    location = Location(place.file, "", " ".join([method.lower(), *filter(None, segments)]))
    return Location(place.file, place.pointer, None, location)


def at_home(context: Lowering, place: Location) -> Location | None:
    """The location of a parameter, response or body in an operation as the operation has it; None for other places."""
    tokens = split(place.pointer)
    if place.file or tokens[:1] != ["paths"] or len(tokens) < 4 or tokens[2] not in METHODS:
        return None
    _, key, method, member, *below = tokens
    raw = mapping(mapping(mapping(context.root.get("paths")).get(key)).get(method))
    path, _, fragment = key.partition("#")
    home = Location("", f"/paths/{escape(key)}/{method}")
    location = worded(home, raw, method, path, fragment)
    rest = place.pointer.removeprefix(home.pointer)
    if member == "responses" and len(below) == 1:
        return location.down(rest, below[0] if below[0] not in ("200", "default") else None)
    return location.down(rest, "body" if member == "requestBody" else None)
