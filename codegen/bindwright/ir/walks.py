"""Walks over the IR: the uses that stand in a type, in an operation, in a whole API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bindwright.ir.model import (
    AnyType,
    AnyXml,
    Api,
    Array,
    Content,
    Map,
    Object,
    Operation,
    Part,
    Scalar,
    TypeId,
    Union,
    Use,
    XmlNode,
    XmlTuple,
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


def is_of_any_type(type_: AnyType, types: Mapping[TypeId, AnyType]) -> bool:
    """Whether any value fits: nothing is said of it, or it is a choice of which one alternative is of any type."""
    waiting, seen = [type_], {type_.id}
    for each in waiting:
        if isinstance(each, Scalar) and each.base == "any":
            return True
        if isinstance(each, Union):
            goals = {member.type for member in each.members} - seen
            seen |= goals
            waiting += [types[goal] for goal in goals]
    return False


def parts_of(content: XmlTuple) -> list[XmlNode]:
    """The nodes of a tuple's items: those of its positions, and that of all which follow."""
    return [*content.items, *([content.rest] if content.rest is not None else [])]


def nodes_of(content: AnyXml) -> Iterator[XmlNode]:
    """The nodes that stand in a content."""
    for name in ("attributes", "elements", "patterns", "items", "alternatives"):
        yield from getattr(content, name, ())
    for name in ("text", "additional", "discriminator", "rest", "item", "key", "value"):
        node = getattr(content, name, None)
        if node is not None:
            yield node


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


def described_parts(content: Content) -> list[Part]:
    """What is said of the parts of a body, with and without names."""
    return [*content.parts, *content.prefix_parts, *([content.item_part] if content.item_part else [])]


def uses_of_content(content: Content) -> Iterator[Use]:
    """The uses that stand in a content: the whole, its items, the headers of its parts."""
    yield from (use for use in (content.use, content.item_use) if use is not None)
    for part in described_parts(content):
        yield from (header.use for header in part.headers)


def uses_in(api: Api) -> Iterator[Use]:
    """The uses that stand in operations: parameters, headers, bodies."""
    for operation in operations_of(api):
        yield from (parameter.use for parameter in operation.parameters)
        for response in operation.responses:
            yield from (header.use for header in response.headers)
        for content in contents_of(operation):
            yield from uses_of_content(content)


def values_telling(mapping: Mapping[str, TypeId], type_: AnyType) -> list[str]:
    """The values of a discriminator that tell a type, the one that is written first.

    Without the name of a type that has other values: it is read as well, and nobody writes it.
    """
    values = [value for value, target in mapping.items() if target == type_.id]
    return values[:-1] if len(values) > 1 and values[-1] == type_.name else values
