"""Which operations feel the change of a shared type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bindwright.changes.findings import Change
from bindwright.ir.model import Api, Operation, Use
from bindwright.ir.reachability import inner_types


def add_operations(api: Api, changes: list[Change]) -> None:
    """Add to each change the operations that reach one of its types."""
    owners = {owner for change in changes for owner in change.owners}
    if not owners:
        return
    led_from: dict[str, list[str]] = {}
    for type_ in api.types.values():
        for inner in inner_types(type_):
            led_from.setdefault(api.aliases.get(inner, inner), []).append(type_.id)
    by_type: dict[str, list[str]] = {}
    order: dict[str, int] = {}
    for operation in [*api.operations, *api.webhooks]:
        order.setdefault(operation.id, len(order))
        for use in uses_of(operation):
            by_type.setdefault(api.aliases.get(use.type, use.type), []).append(operation.id)
    felt = {owner: _felt(owner, led_from, by_type) for owner in owners}
    for change in changes:
        operations = sorted({each for owner in change.owners for each in felt[owner]}, key=order.__getitem__)
        change.operations = list(dict.fromkeys([*change.operations, *operations]))


def _felt(owner: str, led_from: Mapping[str, list[str]], by_type: Mapping[str, list[str]]) -> set[str]:
    """The operations that lead to a type."""
    operations: set[str] = set()
    types: set[str] = set()
    waiting = [owner]
    while waiting:
        type_id = waiting.pop()
        if type_id not in types:
            types.add(type_id)
            operations.update(by_type.get(type_id, ()))
            waiting += led_from.get(type_id, ())
    return operations


def uses_of(operation: Operation) -> Iterator[Use]:
    """The types that an operation names itself."""
    contents = [c for r in operation.responses for c in r.contents]
    contents += operation.body.contents if operation.body is not None else []
    yield from (parameter.use for parameter in operation.parameters)
    for content in contents:
        yield from (use for use in (content.use, content.item_use) if use is not None)
