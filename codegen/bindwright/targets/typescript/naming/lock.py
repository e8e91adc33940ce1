"""The names in the lock by the ids of today, and the names of today as they go into the lock.

Keys of inline types are those of `targets.naming.lock_keys`: what the document says of them, not where in a list they
stand, so that no type takes over the name of one that is gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bindwright.ir import model as ir
from bindwright.targets.naming.lock_keys import LockKeys

_SECTIONS = ("types", "inputs", "bases", "base_inputs")
"""Sections whose keys are types."""
_FORMAT = 2
"""None: keys are ids of types. 2: keys are those of `LockKeys`."""


def read_locked(api: ir.Api, locked: Any) -> tuple[dict[str, Any], LockKeys]:
    """The names of a lock by the ids that the types have in this document, and the keys to write them under."""
    if not isinstance(locked, Mapping):  # a lock is a file, which anybody may have edited
        return {}, LockKeys(api)
    if locked.get("format") != _FORMAT:
        return dict(locked), LockKeys(api)
    sections = {name: section for name in _SECTIONS if isinstance(section := locked.get(name), Mapping)}
    aliases = locked.get("aliases")
    aliases = aliases if isinstance(aliases, Mapping) else {}
    older = {name: table for name in _SECTIONS if isinstance(table := aliases.get(name), Mapping)}
    keys = LockKeys(api, {key for section in (*sections.values(), *older.values()) for key in section})
    names = {
        name: {type_id: section[key] for type_id in api.types if (key := keys.of(type_id)) in section}
        for name, section in sections.items()
    }
    if older:
        aliases_by_id = {
            name: {type_id: table[key] for type_id in api.types if (key := keys.of(type_id)) in table}
            for name, table in older.items()
        }
        names["aliases"] = {**aliases, **aliases_by_id}
    return {**locked, **names}, keys


def written(names: dict[str, Any], keys: LockKeys) -> dict[str, Any]:
    """The names as they go into the lock."""
    sections = {
        name: {keys.of(type_id): value for type_id, value in names[name].items()} for name in _SECTIONS
    }
    if aliases := names.get("aliases"):
        aliases_by_key = {
            name: {keys.of(type_id): older for type_id, older in aliases[name].items()}
            for name in _SECTIONS
            if name in aliases
        }
        sections["aliases"] = {**aliases, **aliases_by_key}
    return {"format": _FORMAT, **names, **sections}
