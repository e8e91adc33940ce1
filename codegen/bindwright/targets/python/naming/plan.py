"""The public names of everything in an `Api`: one pass before anything is written.

Names the document spells exactly as they will be called are not in the lock: they win their scope by
that spelling, with or without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from bindwright.ir import model as ir
from bindwright.targets.python.naming import reserved
from bindwright.targets.python.naming.calls import Call, Group, calls_of, groups_of
from bindwright.targets.python.naming.candidates import kept, variable
from bindwright.targets.python.naming.models import classes_of, fields_of, is_class, members_of, modules_of
from bindwright.targets.python.naming.scope import Lock, Scope, settle_all


class Plan(Struct, kw_only=True):
    """All public names."""

    classes: dict[ir.TypeId, str]
    modules: dict[ir.TypeId, str]
    """The module of each class."""
    fields: dict[ir.TypeId, dict[str, str]]
    """Own fields of each object, by JSON name."""
    additional: dict[ir.TypeId, str]
    members: dict[ir.TypeId, list[str]]
    """Members of each enum, in its order."""
    groups: list[Group]
    calls: dict[str, Call]
    schemes: dict[str, str]
    """Security schemes to arguments of the client."""
    lock: dict[str, Any]


def plan_names(api: ir.Api, package: str, overrides: Mapping[str, str], lock: Lock) -> Plan:
    """Settle every public name of an API."""
    made: dict[str, Any] = {}
    classes = classes_of(api, overrides, lock, made)
    modules = modules_of(api, classes, package, lock, made)
    fields, additional = fields_of(api, overrides, lock, made)
    members = members_of(api, lock, made)
    groups = groups_of(api, package, overrides, lock, made)
    calls = calls_of(groups, overrides, lock, made)
    schemes = settle_all(
        Scope(reserved.SCHEMES),
        dict.fromkeys(api.security_schemes),
        lambda key, _: variable(key, "key"),
        lock=lock.get("schemes"),
        fallback="scheme",
    )
    made["schemes"] = kept(schemes)
    return Plan(classes=classes, modules=modules, fields=fields, additional=additional, members=members,
                groups=groups, calls=calls, schemes=schemes, lock=made)  # fmt: skip


__all__ = ["Call", "Group", "Plan", "is_class", "plan_names"]
