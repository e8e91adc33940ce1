"""Walks over the IR: the uses that stand in a type, in an operation, in a whole API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bindwright.ir.model import (
    AnyType,
    Api,
    Array,
    Content,
    Map,
    Object,
    Operation,
    TypeId,
    Union,
    Use,
    XmlFacts,
)


def uses_of(type_: AnyType) -> list[Use]:
    """The uses that stand in a type: members, items, values, keys, alternatives."""
    uses: list[Use] = []
    if isinstance(type_, Object):
        uses = [property_.use for property_ in type_.properties]
        uses += [use for _, use in type_.pattern_additional]
        if type_.additional is not None:
            uses.append(type_.additional)
    elif isinstance(type_, Array):
        uses += type_.prefix
        if type_.items is not None:
            uses.append(type_.items)
    elif isinstance(type_, Map):
        uses.append(type_.values)
        if type_.keys is not None:
            uses.append(type_.keys)
        if type_.entries is not None and type_.entries.key_use is not None:
            uses.append(type_.entries.key_use)
    elif isinstance(type_, Union):
        uses += type_.members
    return uses


def has_named_positions(array: Array, types: Mapping[TypeId, AnyType]) -> bool:
    """Whether the first items of a list are elements of other names than those that follow, in XML."""
    if not array.prefix or array.items is None:
        return False
    names = set()
    for use in (*array.prefix, array.items):
        type_ = types.get(use.type)
        place, facts = use.xml or XmlFacts(), (type_ and type_.xml) or XmlFacts()
        # Items of a list that is a document are called as their components.
        component = type_.name if isinstance(type_, Object) and array.name is not None else None
        names.add((
            place.name or facts.name or component,
            facts.namespace if place.namespace is None else place.namespace,
            place.node or facts.node,
        ))  # fmt: skip
    return len(names) > 1


def operations_of(api: Api) -> Iterator[Operation]:
    """All operations: those of paths, of webhooks, and the callbacks in them."""
    return with_callbacks([*api.operations, *api.webhooks])


def with_callbacks(operations: Iterable[Operation]) -> Iterator[Operation]:
    """Operations, their callbacks, and the callbacks of those."""
    pending = list(operations)
    while pending:
        operation = pending.pop(0)
        yield operation
        pending += operation.callbacks


def contents_of(operation: Operation) -> Iterator[Content]:
    """The contents of an operation's bodies."""
    if operation.body is not None:
        yield from operation.body.contents
    for response in operation.responses:
        yield from response.contents


def uses_of_content(content: Content) -> Iterator[Use]:
    """The uses that stand in a content: the whole, its items, the headers of its parts."""
    yield from (use for use in (content.use, content.item_use) if use is not None)
    for part in content.parts:
        yield from (header.use for header in part.headers)


def uses_in(api: Api) -> Iterator[Use]:
    """The uses that stand in operations: parameters, headers, bodies."""
    for operation in operations_of(api):
        yield from (parameter.use for parameter in operation.parameters)
        for response in operation.responses:
            yield from (header.use for header in response.headers)
        for content in contents_of(operation):
            yield from uses_of_content(content)
