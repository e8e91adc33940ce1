"""Places that paging names: parameters of an operation, members of its body and of its answer."""

from __future__ import annotations

from typing import Any

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.model import Json, Object, Operation, Parameter, Scalar, Use
from bindwright.standards.media_types import kind_of

BODY = "$request.body#"
"""What stands before a pointer into the request's body."""


def parameter_of(operation: Operation, name: Json) -> Parameter | None:
    return next((parameter for parameter in operation.parameters if parameter.name == name), None)


def first_page(parameter: Parameter | None) -> int | None:
    """The number of the first page, by the parameter's default or its minimum."""
    if parameter is None:
        return None
    minimum = parameter.use.constraints.minimum if parameter.use.constraints is not None else None
    for number in (parameter.use.default if parameter.use.has_default else None, minimum):
        if isinstance(number, int) and not isinstance(number, bool) and number in (0, 1):
            return number
    return None


MISSING: Any = object()


def member_at(context: Lowering, use: Use, tokens: list[str]) -> Any:
    """The use at a place; None: nobody knows what stands there; `MISSING`: nothing can."""
    current: Use | None = use
    for token in tokens:
        if current is None:
            return None
        type_ = context.types[current.type]
        if not isinstance(type_, Object):
            return MISSING if isinstance(type_, Scalar) and type_.base not in ("any", "never") else None
        member = next((member for member in type_.properties if member.name == token), None)
        if member is None:
            open_ = type_.additional is not None or type_.pattern_additional or not type_.properties
            return None if open_ else MISSING
        current = member.use
    return current


def success_of(operation: Operation) -> Use | None:
    """What a success holds in JSON or XML."""
    for response in operation.responses:
        if response.status[:1] == "2":
            for content in response.contents:
                if content.use is not None and kind_of(content.media_type) in ("json", "xml"):
                    return content.use
    return None
