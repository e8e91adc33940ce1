"""On which sides a type is sent: in requests, in responses, or both.

``readOnly`` and ``writeOnly`` members are absent on one side even where they are required (OpenAPI 3.0.4,
"Schema Object", fixed fields; JSON Schema 2020-12 validation, 9.4): only who knows the sides can tell
whether a member is always there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from bindwright.ir.model import AnyType, Api, Object, Operation, Property, TypeId, Union, Use
from bindwright.ir.walks import uses_of, uses_of_content, with_callbacks

Side = Literal["request", "response"]
Sides = dict[Side, set[TypeId]]


def sides(api: Api) -> Sides:
    """The types that requests hold, and those that responses hold. What a webhook sends counts as both."""
    callbacks = [callback for operation in api.operations for callback in operation.callbacks]
    called = list(with_callbacks([*callbacks, *api.webhooks]))
    requests, responses = list(_requests(api.operations)), list(_responses(api.operations))
    both = [*_requests(called), *_responses(called)]
    inner: dict[TypeId, list[TypeId]] = {}
    return {
        "request": reached_from(api, [*requests, *both], inner),
        "response": reached_from(api, [*responses, *both], inner),
    }


def always_there(property_: Property, reached: Sides) -> bool:
    """Whether a member is required wherever its object is sent."""
    if not property_.required:
        return False
    hidden = (property_.use.read_only and property_.declared_in in reached["request"]) or (
        property_.use.write_only and property_.declared_in in reached["response"]
    )
    return not hidden


def _requests(operations: Iterable[Operation]) -> Iterator[Use]:
    for operation in operations:
        yield from (parameter.use for parameter in operation.parameters)
        for content in operation.body.contents if operation.body is not None else ():
            yield from uses_of_content(content)


def _responses(operations: Iterable[Operation]) -> Iterator[Use]:
    for operation in operations:
        for response in operation.responses:
            yield from (header.use for header in response.headers)
            for content in response.contents:
                yield from uses_of_content(content)


def reached_from(
    api: Api, uses: Iterable[Use], inner: dict[TypeId, list[TypeId]] | None = None
) -> set[TypeId]:
    """The types that values of these uses may hold.

    Args:
        inner: what stands in each type that was reached already (`inner_types`), for several calls.
    """
    keys: set[TypeId] = set()
    inner = {} if inner is None else inner
    open_ = [use.type for use in uses]
    while open_:
        key = open_.pop()
        if key in keys:
            continue
        type_ = api.types.get(key)
        if type_ is None:
            continue
        keys.add(key)
        if key not in inner:
            inner[key] = inner_types(type_)
        open_ += inner[key]
    return keys


def inner_types(type_: AnyType) -> list[TypeId]:
    """The types that stand in a type, its base and its derived ones among them."""
    inner = [use.type for use in uses_of(type_)]
    if isinstance(type_, Object):
        inner += [
            *type_.mapping.values(),
            *type_.known,
            *(key for key in (type_.base, type_.default_type) if key),
        ]
    elif isinstance(type_, Union):
        inner += [*type_.mapping.values(), *([type_.default_type] if type_.default_type else [])]
    return inner
