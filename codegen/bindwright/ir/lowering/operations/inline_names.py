"""The words of what stands in an operation, whoever comes there first: the operation itself or a reference.

Bundlers put what several operations share into the first of them and refer to it from the others
(``#/paths/~1pets/get/responses/404``): its types are called by their home all the same.
"""

from __future__ import annotations

from typing import Any

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Location, escape
from bindwright.ir.lowering.values import mapping
from bindwright.standards.json_pointer import split

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")


def worded(at: Location, given: dict[str, Any], method: str, path: str, fragment: str) -> Location:
    """The location of the operation with the words its inline types are called by."""
    name = given.get("operationId")
    if isinstance(name, str) and name.strip():
        return Location(at.file, at.pointer, name)
    if at.words:  # a callback: its operation and its own name, which tell more than an expression
        return Location(at.file, at.pointer, None if method == "POST" else method.lower(), at)
    location: Location | None = Location(at.file, "", method.lower())
    for segment in [*path.split("/"), fragment]:
        word = segment.replace("{", "").replace("}", "")
        if word:
            location = Location(at.file, "", word, location)
    return Location(at.file, at.pointer, None, location)


def at_home(context: Lowering, at: Location) -> Location | None:
    """The location of a parameter, response or body in an operation as the operation has it; None for other places."""
    tokens = split(at.pointer)
    if at.file or tokens[:1] != ["paths"] or len(tokens) < 4 or tokens[2] not in METHODS:
        return None
    _, key, method, member, *below = tokens
    given = mapping(mapping(mapping(context.root.get("paths")).get(key)).get(method))
    path, _, fragment = key.partition("#")
    home = Location("", f"/paths/{escape(key)}/{method}")
    location = worded(home, given, method, path, fragment)
    rest = at.pointer.removeprefix(home.pointer)
    if member == "responses" and len(below) == 1:
        return location.down(rest, below[0] if below[0] not in ("200", "default") else None)
    return location.down(rest, "body" if member == "requestBody" else None)
