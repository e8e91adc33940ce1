"""On which sides a type is sent: in requests, in responses, or both.

``readOnly`` and ``writeOnly`` members are absent on one side even where they are required (OpenAPI 3.0.4,
"Schema Object", fixed fields; JSON Schema 2020-12 validation, 9.4): only who knows the sides can tell
whether a member is always there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from bindwright.ir.model import AnyType, Api, Array, Map, Object, Operation, Property, TypeId, Union, Use

Side = Literal["request", "response"]
Sides = dict[Side, set[TypeId]]


def sides(api: Api) -> Sides:
    """The types that requests hold, and those that responses hold. What a webhook sends counts as both."""
    requests, responses = list(_requests(api.operations)), list(_responses(api.operations))
    called = [callback for operation in api.operations for callback in operation.callbacks] + api.webhooks
    both = [*_requests(called), *_responses(called)]
    return {
        "request": reached_from(api, [*requests, *both]),
        "response": reached_from(api, [*responses, *both]),
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
            yield from (use for use in (content.use, content.item_use) if use is not None)


def _responses(operations: Iterable[Operation]) -> Iterator[Use]:
    for operation in operations:
        for response in operation.responses:
            yield from (header.use for header in response.headers)
            for content in response.contents:
                yield from (use for use in (content.use, content.item_use) if use is not None)


def reached_from(api: Api, uses: Iterable[Use]) -> set[TypeId]:
    """The types that values of these uses may hold."""
    keys: set[TypeId] = set()
    open_ = [use.type for use in uses]
    while open_:
        key = open_.pop()
        if key in keys:
            continue
        type_ = api.types.get(key)
        if type_ is None:
            continue
        keys.add(key)
        open_.extend(inner_types(type_))
    return keys


def inner_types(type_: AnyType) -> list[TypeId]:
    """The types that stand in a type, its base and its derived ones among them."""
    if isinstance(type_, Object):
        inner = [property_.use.type for property_ in type_.properties]
        inner += [use.type for _, use in type_.pattern_additional]
        further = (type_.base, type_.default_type, type_.additional and type_.additional.type)
        return [*inner, *type_.mapping.values(), *type_.known, *(key for key in further if key)]
    if isinstance(type_, Array):
        return [use.type for use in [*type_.prefix, *([type_.items] if type_.items else [])]]
    if isinstance(type_, Map):
        return [type_.values.type]
    if isinstance(type_, Union):
        default = [type_.default_type] if type_.default_type else []
        return [*(use.type for use in type_.members), *type_.mapping.values(), *default]
    return []
