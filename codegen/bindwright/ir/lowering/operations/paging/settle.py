"""``x-pagination`` checked against the operation it stands at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Location
from bindwright.ir.lowering.operations.paging.places import (
    BODY,
    MISSING,
    first_page,
    member_at,
    parameter_of,
    success_of,
)
from bindwright.ir.lowering.operations.paging.signs import infer
from bindwright.ir.model import Array, Json, Operation, Use
from bindwright.standards.json_pointer import split

STYLES = ("offset", "page", "cursor", "last", "link", "next")
_PLACES = ("items", "next", "more", "total", "previous")
_CAPITAL = re.compile(r"(?<=[a-z0-9])([A-Z])")


def settle_paging(context: Lowering) -> None:
    """Check what is described, and describe what has the signs of paging."""
    for operation in context.api.operations:
        described = operation.pagination
        if isinstance(described, Mapping):
            _check(context, operation, described)
        elif described is None and context.options.infer_pagination and operation.method in ("GET", "POST"):
            operation.pagination = infer(context, operation)
        elif described not in (None, False):
            _warn(context, operation, f"it is {type(described).__name__}, not an object")


def _warn(context: Lowering, operation: Operation, message: str) -> None:
    location = Location(operation.place.file, f"{operation.place.pointer}/x-pagination")
    context.warn("invalid-pagination", f"`x-pagination` of {operation.id}: {message}", location,
                 "`bindwright explain invalid-pagination` lists styles and places")  # fmt: skip


def _check(context: Lowering, operation: Operation, described: Mapping[Any, Json]) -> None:
    """Warn of what cannot be followed, and take it out: the method gives the plain answer then."""
    data = {_snake(str(name)): value for name, value in described.items()}
    style = data.get("style")
    if style not in STYLES:
        _warn(context, operation, f"style {style!r} is none of {', '.join(STYLES)}")
        return
    problems = [*_wrong_parameters(context, operation, data), *_wrong_places(context, operation, data)]
    for problem in problems:
        _warn(context, operation, problem)
    if problems:
        operation.pagination = None
        return
    if style == "page" and not isinstance(data.get("first"), int):
        first = first_page(parameter_of(operation, data.get("parameter")))
        if first is not None:
            operation.pagination = {**data, "first": first}


def _snake(name: str) -> str:
    return _CAPITAL.sub(r"_\1", name).replace("-", "_").lower()


def _wrong_parameters(context: Lowering, operation: Operation, data: dict[str, Json]) -> Iterator[str]:
    style = data["style"]
    if style in ("offset", "page", "cursor", "last") and not isinstance(data.get("parameter"), str):
        yield f"style {style} needs `parameter`"
    if style in ("cursor", "last", "next") and not isinstance(data.get("next"), str):
        yield f"style {style} needs `next`"
    for key in ("parameter", "size_parameter", "back"):
        name = data.get(key)
        if not isinstance(name, str):
            continue
        if name.startswith(BODY):
            use = operation.body.contents[0].use if operation.body and operation.body.contents else None
            if use is None or member_at(context, use, split(name.removeprefix(BODY))) is MISSING:
                yield f"`{key}`: the body has no {name.removeprefix(BODY)}"
        elif parameter_of(operation, name) is None:
            yield f"`{key}`: there is no parameter {name!r}"


def _wrong_places(context: Lowering, operation: Operation, data: dict[str, Json]) -> Iterator[str]:
    success = success_of(operation)
    if success is None:
        return
    items: Use | None = success
    for key in _PLACES:
        where = data.get(key)
        if not isinstance(where, str) or where.startswith("$response.header."):
            continue
        pointer = where.removeprefix("$response.body").removeprefix("#")
        start = items if key == "next" and data["style"] == "last" else success
        if start is None:
            continue
        place = member_at(context, start, split(pointer))
        if place is MISSING:
            yield f"`{key}`: the answer has no {pointer}"
        elif key == "items":
            type_ = context.types[place.type] if isinstance(place, Use) else None
            items = type_.items if isinstance(type_, Array) else None
