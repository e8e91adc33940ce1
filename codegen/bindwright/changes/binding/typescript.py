"""Packages in TypeScript, in the form in which those in Python are compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bindwright.changes.binding.partners import Packages
from bindwright.changes.walk import Walk
from bindwright.ir.model import Api, Object
from bindwright.targets.python.naming.calls import CallNames, TagGroup
from bindwright.targets.python.naming.plan import NamePlan
from bindwright.targets.python.surface.packages import PlannedPackage
from bindwright.targets.typescript import plan_surface


class TypeScriptPackages(Packages):
    """Two packages in TypeScript: operations are functions beside each other, members are called as on the wire."""

    client = "BoundApi"
    prefixes = ("",)

    def _class_of(self, group: TagGroup, prefix: str) -> str:
        return "operations"

    def _members(self) -> Iterator[tuple[str, str]]:
        return iter(())  # values are listed, and have no names


def typescript_packages(
    walk: Walk,
    operations: Mapping[str, str],
    chosen: tuple[Mapping[str, str], Mapping[str, str]],
    locks: tuple[Mapping[str, Any] | None, Mapping[str, Any] | None],
    group_by: str = "tag",
) -> TypeScriptPackages:
    """The packages of both APIs.

    Args:
        operations: old ids of operations to new ones.
        chosen: names of both configurations.
        locks: names of the locks of both; without those of the new one it keeps the names of the old one, and where
            these are a lock's, what is called otherwise keeps an alias.
    """
    old = plan_surface(walk.old, chosen[0], locks[0], group_by)
    kept, earlier = locks[1], None
    if kept is None:
        kept, earlier = (
            (_still_called_so(walk, old.plan.lock), None)
            if locks[0] is None
            else (old.plan.lock, old.surface)
        )
    new = plan_surface(walk.new, chosen[1], kept, group_by, earlier)
    packages = [
        PlannedPackage(surface=package.surface, plan=_plan(api, package.plan))
        for api, package in ((walk.old, old), (walk.new, new))
    ]
    return TypeScriptPackages(walk, operations, *packages)


def _still_called_so(walk: Walk, lock: Mapping[str, Any]) -> dict[str, Any]:
    """The names, without those of operations that the document calls otherwise now: nothing but a lock keeps them."""
    before = {operation.id: operation.operation_id for operation in walk.old.operations}
    renamed = {
        operation.id
        for operation in walk.new.operations
        if operation.id in before and operation.operation_id != before[operation.id]
    }
    sections = ("operations", "operation_modules", "headers")
    return {
        **lock,
        **{
            name: {key: value for key, value in lock[name].items() if key not in renamed}
            for name in sections
            if name in lock
        },
    }


def _plan(api: Api, plan: Any) -> NamePlan:
    """The names of a package by the things that have one."""
    fields = {
        key: {member.name: member.name for member in type_.properties if member.declared_in == key}
        for key in plan.types
        if isinstance(type_ := api.types[key], Object)
    }
    groups = [
        TagGroup(
            tag=group.tag, attribute=group.attribute, cls=group.type, module="", operations=group.operations
        )
        for group in plan.groups
    ]
    calls = {
        key: CallNames(method=names.function, arguments=names.arguments)
        for key, names in plan.operations.items()
    }
    return NamePlan(
        classes=plan.types, modules={}, fields=fields, additional={}, members={}, groups=groups, calls=calls, aliases={},
        schemes={}, lock=plan.lock, renamed=[],
    )  # fmt: skip
