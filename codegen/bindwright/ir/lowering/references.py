"""References of schemas: to which type a ``$ref`` leads, and how that type is called."""

from __future__ import annotations

import posixpath
from typing import Any

from bindwright.ir.lowering.context import Lowering, Target
from bindwright.ir.lowering.location import Location

_STRUCTURE = frozenset(
    {
        "properties", "items", "allOf", "oneOf", "anyOf", "schema", "content", "components", "schemas",
        "paths", "responses", "definitions", "$defs", "parameters", "requestBodies", "headers",
        "patternProperties", "additionalProperties",
    }
)  # fmt: skip
_NAMING = ("/components/schemas/", "/definitions/", "/$defs/")


def follow(
    context: Lowering, ref: Any, location: Location, *, dynamic: bool = False
) -> tuple[Any, Location] | None:
    """The value and location a reference leads to; None (with a diagnostic) where it leads nowhere.

    With `dynamic` it is a ``$dynamicRef``, which means what the scope of the location says.
    """
    if not isinstance(ref, str):
        context.degrade(
            "invalid-reference", "`$ref` is not text", location, "write an address, such as `#/...`"
        )
        return None
    origin = location.source_place
    resolved = (
        context.document.follow_dynamic(ref, origin, location.scope)
        if dynamic
        else context.document.follow(ref, origin)
    )
    if resolved is None:
        return None
    value, place = resolved
    return value, Location(place.file, place.pointer)


def resolve_schema(
    context: Lowering, ref: Any, location: Location, *, dynamic: bool = False
) -> Target | None:
    """The schema a reference leads to, which will be lowered; None (degraded) where it leads nowhere."""
    resolved = follow(context, ref, location, dynamic=dynamic)
    if resolved is None:
        context.degrade(
            "unresolved-reference", f"{_short(ref)} leads nowhere: any value is allowed", location
        )
        return None
    value, target_location = resolved
    if target_location.id in context.targets:
        return context.targets[target_location.id]
    target = Target(target_location.id, value, named_spot(target_location.file, target_location.pointer))
    context.want(target)
    return target


def name_of(file: str, pointer: str) -> str | None:
    """The document's own name of the schema at a place; None for places that have none."""
    head, _, last = pointer.rpartition("/")
    if not pointer:
        return posixpath.basename(file).split(".")[0] if file else None
    if head + "/" in _NAMING[:2] or head.endswith("/$defs") or head.endswith("/definitions"):
        return _plain(last)
    if file and head.count("/") == 0:
        return _plain(last)
    return None


def named_spot(file: str, pointer: str) -> Location:
    """A fresh location for a referenced place: words from its name, else from the members that lead there."""
    name = name_of(file, pointer)
    type_id = f"{file}#{pointer}"
    head = pointer.split("/")
    if name is not None and (len(head) <= 4):
        return Location(file, pointer, name, None, type_id)
    owner = None
    if pointer.startswith(("/components/schemas/", "/definitions/")):
        owner = f"{file}#" + "/".join(head[: 4 if head[1] == "components" else 3])
    location: Location | None = None
    for word in head[1:]:
        if word not in _STRUCTURE and not word.isdigit():
            location = Location(file, "", _plain(word), location)
    result = Location(file, pointer, None, location, type_id if name is not None else owner)
    return result


def _plain(token: str) -> str:
    return token.replace("~1", "/").replace("~0", "~")


def _short(ref: Any) -> str:
    text = str(ref)
    return f"`{text if len(text) <= 80 else text[:77] + '...'}`"
