"""The public names of everything in an `Api`: one pass before anything is written.

Fields, members and tags that the document spells exactly as they will be called are not in the lock: they win their
scope by that spelling, with or without it. Arguments are all in it, for two parameters may be spelled alike.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any

from msgspec import Struct

from bindwright.ir import model as ir
from bindwright.targets.naming import words
from bindwright.targets.naming.moved_paths import follow_paths
from bindwright.targets.naming.paths import path_text, short_texts
from bindwright.targets.naming.scope import LockedNames, NameScope, aliases_in, settle_all, with_older
from bindwright.targets.python.naming import reserved
from bindwright.targets.python.naming.calls import CallNames, TagGroup, calls_of, groups_of
from bindwright.targets.python.naming.candidates import kept, variable
from bindwright.targets.python.naming.lock_keys import read_locked, written
from bindwright.targets.python.naming.models import (
    classes_of,
    fields_of,
    is_class,
    members_of,
    modules_of,
    spelling_of,
)


class NamePlan(Struct, kw_only=True):
    """All public names."""

    classes: dict[ir.TypeId, str]
    modules: dict[ir.TypeId, str]
    """The module of each class."""
    fields: dict[ir.TypeId, dict[str, str]]
    """Own fields of each object, by JSON name."""
    additional: dict[ir.TypeId, str]
    members: dict[ir.TypeId, list[str]]
    """Members of each enum, in its order."""
    groups: list[TagGroup]
    calls: dict[str, CallNames]
    aliases: dict[str, dict[str, Any]]
    """Older names, deprecated: by section (``classes``, ``fields``, ``members``, …) and key."""
    schemes: dict[str, str]
    """Security schemes to arguments of the client."""
    lock: dict[str, Any]

    renamed: list[tuple[str, str]]
    """Names that became aliases in this run, and what is called so now."""

    def class_aliases(self) -> dict[str, str]:
        """Older names of classes, deprecated, to their names."""
        aliases: dict[ir.TypeId, list[str]] = self.aliases["classes"]
        return {alias: self.classes[key] for key, older in aliases.items() for alias in older}


def plan_names(
    api: ir.Api,
    package: str,
    overrides: Mapping[str, str],
    lock: LockedNames,
    group_by: str = "tag",
    older: Mapping[str, Any] | None = None,
) -> NamePlan:
    """Settle every public name of an API.

    Args:
        older: names that things had beside those of the lock, as its section ``aliases`` by ids of this API.
    """
    lock, keys = read_locked(api, lock)
    lock = follow_paths(api, lock, ("operations", "operation_ids", "arguments"))
    locked_aliases = lock.get("aliases") or {}
    if older:
        lock = {**lock, "aliases": with_older(locked_aliases, older)}
    locked_names: dict[str, Any] = {"aliases": {"operations": {}}}
    methods = lock.get("operations")
    methods = methods if isinstance(methods, Mapping) else {}
    short = short_texts(api, lambda operation: methods.get(operation.id) == words.snake(path_text(operation)))
    spelling = spelling_of(api)
    classes = classes_of(api, overrides, lock, locked_names, short.inline, spelling)
    modules = modules_of(api, classes, package, lock, locked_names, short.inline, spelling)
    fields, additional = fields_of(api, overrides, lock, locked_names)
    members = members_of(api, lock, locked_names)
    groups = groups_of(api, package, overrides, lock, locked_names, group_by)
    calls = calls_of(groups, overrides, lock, locked_names, short.operations)
    locked_names["aliases"]["group_modules"] = _still_there(
        lock, "group_modules", {group.tag for group in groups}
    )
    locked_names["aliases"]["modules"] = _still_there(lock, "modules", classes)
    schemes = settle_all(
        NameScope(reserved.SCHEMES),
        dict.fromkeys(api.security_schemes),
        lambda key, _: variable(key, "key"),
        lock=lock.get("schemes"),
        fallback="scheme",
    )
    locked_names["schemes"] = kept(schemes)
    calls_by_name = {key: call.method for key, call in calls.items()}
    current: dict[str, Any] = {
        "classes": classes, "operations": calls_by_name, "groups": {group.tag: group.attribute for group in groups},
        "fields": fields, "members": members, "modules": modules, "group_modules": {group.tag: group.module for group in groups},
        "arguments": {key: call.arguments for key, call in calls.items()},
    }  # fmt: skip
    lock = {**lock, "aliases": locked_aliases}
    return NamePlan(classes=classes, modules=modules, fields=fields, additional=additional, members=members,
                groups=groups, calls=calls, schemes=schemes, aliases=locked_names["aliases"], renamed=list(_renamed(locked_names["aliases"], lock, current)), lock=written(locked_names, keys))  # fmt: skip


def _still_there(lock: LockedNames, section: str, keys: Container[str]) -> dict[str, list[str]]:
    """The older names of a section whose things are still there."""
    return {key: list(names) for key, names in aliases_in(lock, section).items() if key in keys}


def _renamed(
    aliases: dict[str, dict[str, Any]], lock: LockedNames, current: dict[str, Any]
) -> Iterator[tuple[str, str]]:
    """Aliases that the lock does not have, with the names that took their places."""
    for section, by_key in aliases.items():
        locked = aliases_in(lock, section)
        for key, older in by_key.items():
            if isinstance(
                older, dict
            ):  # of a class: fields by property, members by value; of an operation: arguments
                for inner_key, names in older.items():
                    fresh = set(names) - set((locked.get(key) or {}).get(inner_key, ()))
                    name = (
                        inner_key if section == "members" else current[section][key].get(inner_key, inner_key)
                    )
                    yield from ((alias, name) for alias in sorted(fresh))
            else:
                fresh = set(older) - set(locked.get(key) or ())
                yield from ((alias, current[section][key]) for alias in sorted(fresh))


__all__ = ["CallNames", "NamePlan", "TagGroup", "is_class", "plan_names"]
