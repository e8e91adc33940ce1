"""Which operations feel the change of a shared type."""

from __future__ import annotations

from collections.abc import Iterator

from bindwright.changes.findings import Change
from bindwright.ir.model import AnyType, Api, Operation, Use


def add_operations(api: Api, changes: list[Change]) -> None:
    """Add to each change the operations that reach one of its types."""
    owners = {owner for change in changes for owner in change.owners}
    if not owners:
        return
    reached = {
        operation.id: _reached(api, operation) & owners for operation in [*api.operations, *api.webhooks]
    }
    for change in changes:
        felt = [operation for operation, types in reached.items() if types & change.owners]
        change.operations = list(dict.fromkeys([*change.operations, *felt]))


def _reached(api: Api, operation: Operation) -> set[str]:
    contents = [c for r in operation.responses for c in r.contents]
    contents += operation.body.contents if operation.body is not None else []
    uses = [parameter.use for parameter in operation.parameters]
    uses += [use for content in contents for use in (content.use, content.item_use) if use is not None]
    types: set[str] = set()
    waiting = [use.type for use in uses]
    while waiting:
        type_id = waiting.pop()
        type_id = api.aliases.get(type_id, type_id)
        if type_id not in types:
            types.add(type_id)
            waiting += _next(api.types[type_id])
    return types


def _next(type_: AnyType) -> Iterator[str]:
    uses: list[Use | None] = []
    if type_.kind == "object":
        uses = [*(member.use for member in type_.properties), type_.additional]
        yield from type_.mapping.values()
        yield from type_.known
    elif type_.kind == "array":
        uses = [type_.items, *type_.prefix]
    elif type_.kind == "map":
        uses = [type_.values]
    elif type_.kind == "union":
        uses = list(type_.members)
    yield from (use.type for use in uses if use is not None)
