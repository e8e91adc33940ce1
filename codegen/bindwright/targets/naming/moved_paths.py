"""Operations of a lock whose path differs in nothing but the names of its parameters: they are the same operations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bindwright.ir import model as ir

_NAME = re.compile(r"\{([^{}]*)\}")


def follow_paths(api: ir.Api, lock: Mapping[str, Any], sections: Iterable[str]) -> dict[str, Any]:
    """The lock with the names of such operations under their ids of today; older names of arguments among its aliases.

    Args:
        sections: those of the lock whose keys are operations; ``arguments`` is one of them.
    """
    locked = lock.get("operations")
    if not isinstance(locked, Mapping):
        return dict(lock)
    ids = {operation.id for operation in api.operations}
    by_place = {_NAME.sub("{}", key): key for key in locked if key not in ids and not key.endswith(" wait")}
    moved = {
        operation.id: by_place[place]
        for operation in api.operations
        if operation.id not in locked and (place := _NAME.sub("{}", operation.id)) in by_place
    }
    if not moved:
        return dict(lock)
    result = {**lock}
    for section in sections:
        table = dict(lock.get(section) or {})
        table |= {key: table[older] for key, older in moved.items() if older in table}
        table |= {
            f"{key} wait": table[f"{older} wait"] for key, older in moved.items() if f"{older} wait" in table
        }
        result[section] = table
    aliases = {name: dict(table) for name, table in (lock.get("aliases") or {}).items()}
    for key, older in moved.items():
        if older in aliases.get("operations", ()):
            aliases["operations"][key] = aliases["operations"][older]
        arguments = _arguments(key, older, result["arguments"].get(older) or {})
        kept = {
            name: [*arguments.get(name, ()), *names]
            for name, names in (aliases.get("arguments", {}).get(older) or {}).items()
        }
        if arguments | kept:
            aliases.setdefault("arguments", {})[key] = arguments | kept
    return {**result, "aliases": aliases}


def _arguments(operation: str, older: str, names: Mapping[str, str]) -> dict[str, list[str]]:
    """The names that path parameters had, by the keys that they have now."""
    pairs = zip(_NAME.findall(older), _NAME.findall(operation), strict=True)
    return {
        f"path:{now}": [names[f"path:{before}"]]
        for before, now in pairs
        if before != now and f"path:{before}" in names
    }
