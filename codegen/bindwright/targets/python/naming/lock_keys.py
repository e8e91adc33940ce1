"""The lock of a package in Python: sections whose keys are types have those of `targets.naming.lock_keys`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bindwright.ir import model as ir
from bindwright.targets.naming.lock_keys import LockKeys
from bindwright.targets.python.naming.models import is_class

_SECTIONS = ("classes", "modules", "fields", "additional", "members")
"""Sections of the lock whose keys are types."""
_FORMAT = 2
"""1: keys are ids of types. 2: keys are those of `LockKeys`."""


def _texts(value: Any) -> dict[str, str]:
    return (
        {key: text for key, text in value.items() if isinstance(text, str)}
        if isinstance(value, Mapping)
        else {}
    )


def _lists(value: Any) -> dict[str, list[str]]:
    if not isinstance(value, Mapping):
        return {}
    return {
        key: [name for name in names if isinstance(name, str)]
        for key, names in value.items()
        if isinstance(names, list)
    }


def _each(value: Any, read: Callable[[Any], Any]) -> dict[str, Any]:
    return {key: read(inner) for key, inner in value.items()} if isinstance(value, Mapping) else {}


_READERS: dict[str, Callable[[Any], dict[str, Any]]] = {
    **dict.fromkeys(
        ("additional", "classes", "group_classes", "group_modules", "groups", "modules", "operation_ids", "operations",
         "schemes"),
        _texts,
    ),
    **dict.fromkeys(("arguments", "fields", "members"), lambda value: _each(value, _texts)),
    "aliases": lambda value: {
        **{
            name: _lists(value[name])
            for name in ("classes", "groups", "group_modules", "modules", "operations")
            if name in value
        },
        **{name: _each(value[name], _lists) for name in ("arguments", "fields", "members") if name in value},
    }
    if isinstance(value, Mapping)
    else {},
}  # fmt: skip


def _well_formed(locked: Mapping[str, Any]) -> dict[str, Any]:
    """What a lock says in the form that it is written in: it is a file, which anybody may have edited."""
    result: dict[str, Any] = {name: read(locked[name]) for name, read in _READERS.items() if name in locked}
    return {**result, "format": locked.get("format")}


def read_locked(api: ir.Api, locked: Mapping[str, Any]) -> tuple[dict[str, Any], LockKeys]:
    """The names of a lock by the ids that the types have in this document, and the keys to write them under.

    A lock of format 1 is read by its ids, for nothing else is known of what its types were.
    """
    locked = _well_formed(locked)
    sections = {name: section for name in _SECTIONS if isinstance(section := locked.get(name), Mapping)}
    if locked.get("format") != _FORMAT:
        return dict(locked), LockKeys(api)
    keys = LockKeys(api, {key for section in sections.values() for key in section})
    names = dict(locked)
    for name, section in sections.items():
        by_id = {type_id: section[key] for type_id in api.types if (key := keys.of(type_id)) in section}
        if name != "modules":
            _inherit(by_id, section, api, keys)
        names[name] = {key: value for key, value in section.items() if "#/" not in key} | by_id
    if isinstance(aliases := locked.get("aliases"), Mapping):
        names["aliases"] = {
            name: {type_id: section[key] for type_id in api.types if (key := keys.of(type_id)) in section}
            if name in _SECTIONS
            else section
            for name, section in aliases.items()
            if isinstance(section, Mapping)
        }
    return names, keys


def _inherit(by_id: dict[str, Any], section: Mapping[str, Any], api: ir.Api, keys: LockKeys) -> None:
    """An inline type that became one alternative among several keeps its name: what callers write is still valid."""
    used = {keys.of(type_id) for type_id in by_id if is_class(api.types[type_id])}
    for type_id in api.types:
        if type_id in by_id or "Of/" not in type_id or not is_class(api.types[type_id]):
            continue
        parent, _, keyword = keys.of(type_id).rpartition("/")[0].rpartition("/")
        if keyword in ("oneOf", "anyOf") and parent in section and parent not in used:
            used.add(parent)
            by_id[type_id] = section[parent]


def written(names: dict[str, Any], keys: LockKeys) -> dict[str, Any]:
    """The names as they go into the lock."""
    result: dict[str, Any] = {"format": _FORMAT, **names}
    for section in _SECTIONS:
        if section in names:
            result[section] = {keys.of(type_id): value for type_id, value in names[section].items()}
    result["aliases"] = {
        name: {keys.of(key) if name in _SECTIONS else key: value for key, value in section.items()}
        for name, section in names["aliases"].items()
        if section
    }
    if not result["aliases"]:
        del result["aliases"]
    return result
