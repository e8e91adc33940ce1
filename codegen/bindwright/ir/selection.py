"""A part of an API: chosen operations, and the types that they need."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

from bindwright.ir.model import Api, Operation
from bindwright.ir.reachability import sides


def select(api: Api, only: Sequence[str], excepted: Sequence[str]) -> list[str]:
    """Leave out the operations that are not chosen, and the types that no other operation holds.

    A pattern is ``tag:pets``, ``GET /pets*``, ``/pets*`` (any method) or an operation id, with ``*`` and ``?``.

    Args:
        only: patterns of what stays; empty: all operations.
        excepted: patterns of what does not stay, after that.

    Returns:
        The patterns that fit no operation.
    """
    every = [*api.operations, *api.webhooks]
    unused = [
        pattern for pattern in (*only, *excepted) if not any(_fits(operation, pattern) for operation in every)
    ]

    def stays(operation: Operation) -> bool:
        return (not only or any(_fits(operation, pattern) for pattern in only)) and not any(
            _fits(operation, pattern) for pattern in excepted
        )

    api.operations = [operation for operation in api.operations if stays(operation)]
    api.webhooks = [operation for operation in api.webhooks if stays(operation)]
    reached = sides(api)
    kept = reached["request"] | reached["response"]
    api.types = {
        type_id: type_
        for type_id, type_ in api.types.items()
        # Scalars without a name are shared by all places, and cost nothing.
        if type_id in kept or (type_.kind == "scalar" and type_.name is None)
    }
    api.xml = {key: content for key, content in api.xml.items() if content.type in api.types}
    api.aliases = {alias: target for alias, target in api.aliases.items() if target in api.types}
    return unused


def _fits(operation: Operation, pattern: str) -> bool:
    if pattern.startswith("tag:"):
        return any(fnmatchcase(tag, pattern.removeprefix("tag:")) for tag in operation.tags)
    if pattern.startswith("/"):
        return fnmatchcase(operation.path, pattern)
    if " " in pattern:
        method, _, path = pattern.partition(" ")
        return method.upper() == operation.method.upper() and fnmatchcase(operation.path, path.strip())
    return fnmatchcase(operation.operation_id or "", pattern)
