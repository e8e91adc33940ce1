"""The public names of everything in an `Api`: one pass before anything is written.

Fields, members and tags that the document spells exactly as they will be called are not in the lock: they win their
scope by that spelling, with or without it. Arguments are all in it, for two parameters may be spelled alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from bindwright.ir import model as ir
from bindwright.targets.python.naming import reserved
from bindwright.targets.python.naming.calls import CallNames, TagGroup, calls_of, groups_of
from bindwright.targets.python.naming.candidates import kept, variable
from bindwright.targets.python.naming.lock_keys import read_locked, written
from bindwright.targets.python.naming.models import classes_of, fields_of, is_class, members_of, modules_of
from bindwright.targets.python.naming.scope import LockedNames, NameScope, settle_all


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
    schemes: dict[str, str]
    """Security schemes to arguments of the client."""
    lock: dict[str, Any]


def plan_names(api: ir.Api, package: str, overrides: Mapping[str, str], lock: LockedNames) -> NamePlan:
    """Settle every public name of an API."""
    lock, keys = read_locked(api, lock)
    locked_names: dict[str, Any] = {}
    classes = classes_of(api, overrides, lock, locked_names)
    modules = modules_of(api, classes, package, lock, locked_names)
    fields, additional = fields_of(api, overrides, lock, locked_names)
    members = members_of(api, lock, locked_names)
    groups = groups_of(api, package, overrides, lock, locked_names)
    calls = calls_of(groups, overrides, lock, locked_names)
    schemes = settle_all(
        NameScope(reserved.SCHEMES),
        dict.fromkeys(api.security_schemes),
        lambda key, _: variable(key, "key"),
        lock=lock.get("schemes"),
        fallback="scheme",
    )
    locked_names["schemes"] = kept(schemes)
    return NamePlan(classes=classes, modules=modules, fields=fields, additional=additional, members=members,
                groups=groups, calls=calls, schemes=schemes, lock=written(locked_names, keys))  # fmt: skip


__all__ = ["CallNames", "NamePlan", "TagGroup", "is_class", "plan_names"]
