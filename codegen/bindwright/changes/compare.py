"""`compare`: all changes between two APIs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from bindwright.changes.binding.judge import judge_binding
from bindwright.changes.binding.partners import Packages
from bindwright.changes.findings import Change, Context, Findings
from bindwright.changes.objects import (
    compare_arrays,
    compare_list_and_item,
    compare_maps,
    compare_objects,
    compare_others,
)
from bindwright.changes.operations import compare_operations
from bindwright.changes.reach import add_operations
from bindwright.changes.scalars import (
    compare_constraints,
    compare_enum_and_scalar,
    compare_enums,
    compare_keywords,
    compare_scalars,
)
from bindwright.changes.unions import compare_discriminators, compare_union_and_member, compare_unions
from bindwright.changes.walk import Pair, Walk
from bindwright.ir.collector import without_collector
from bindwright.ir.model import Api, Use, name_asked_for
from bindwright.targets.python import PythonOptions
from bindwright.targets.python.surface.packages import NamedPackage, plan_surfaces


class PackageOf(NamedTuple):
    """How a package is generated from one of the two APIs."""

    options: PythonOptions = PythonOptions(package="package")
    names: Mapping[str, Any] | None = None
    """The names of its lock, aliases among them; None: those of a first run, or, of the new package, what the names of
    the old one become."""
    typescript: Mapping[str, Any] | None = None
    """Those of its package in TypeScript."""


FIRST_RUN = PackageOf()


def compare(
    old: Api,
    new: Api,
    *,
    binding: bool = True,
    typescript: bool = False,
    old_package: PackageOf = FIRST_RUN,
    new_package: PackageOf = FIRST_RUN,
    stage: Callable[[str], None] = lambda _: None,
) -> list[Change]:
    """Every change that somebody feels, the strongest first.

    Args:
        binding: whether callers of the generated package are asked. Their verdict is the difference of the surfaces of
            the packages of both versions.
        typescript: whether those of the package in TypeScript are.
        old_package: how the old package is generated. Where its names are known, so are its callers, and what is called
            otherwise keeps an alias for them, which makes it risky. Else a new name is a break.
        stage: told what is done next.
    """
    with without_collector():
        stage("comparing types and messages")
        findings = Findings()
        walk = Walk(old, new, findings, _COMPARERS)
        operations = compare_operations(walk)
        _compare_unused(walk)
        if binding:
            stage("comparing packages")
            _judge(walk, operations, old_package, new_package)
        if typescript:
            stage("comparing packages in TypeScript")
            _judge_typescript(walk, operations, old_package, new_package)
        changes = findings.result()
        _fill_places(old, new, operations, changes)
        add_operations(old, changes)
    return changes


def _judge(walk: Walk, operations: dict[str, str], old: PackageOf, new: PackageOf) -> None:
    before = NamedPackage(walk.old, old.options, old.names)
    softened = old.names is not None or new.names is not None
    kept = new.names
    if kept is None:
        kept = before.plan.lock if softened else _without_lost_names(before.plan.lock, walk.old, walk.new)
    after = NamedPackage(walk.new, new.options, kept)
    following = softened and new.names is None
    surfaces = plan_surfaces(before, after, walk.unchanged, following=following)
    judge_binding(Packages(walk, operations, *surfaces), softened=softened)


def _judge_typescript(walk: Walk, operations: dict[str, str], old: PackageOf, new: PackageOf) -> None:
    from bindwright.changes.binding.typescript import typescript_packages

    chosen, locks = (old.options.names, new.options.names), (old.typescript, new.typescript)
    packages = typescript_packages(walk, operations, chosen, locks, new.options.group_by)
    judge_binding(packages, softened=any(names is not None for names in locks))


def _without_lost_names(names: Mapping[str, Any], old: Api, new: Api) -> dict[str, Any]:
    """The names, without those that the document asked for and asks for no more: nothing but the lock keeps them."""
    lost = {
        operation.id
        for operation in new.operations
        if not operation.operation_id and names["operation_ids"].get(operation.id)
    }
    before = {operation.id: operation for operation in old.operations}
    arguments = {key: dict(table) for key, table in names["arguments"].items()}
    for operation in new.operations:
        earlier = before.get(operation.id)
        if earlier is None:
            continue
        if _asks_no_more(earlier, operation):
            lost.add(operation.id)
        asked = {(each.location, each.name): each for each in earlier.parameters}
        for parameter in operation.parameters:
            if _asks_no_more(asked.get((parameter.location, parameter.name)), parameter):
                arguments.get(operation.id, {}).pop(f"{parameter.location}:{parameter.name}", None)
    types = {key for key, type_ in new.types.items() if _asks_no_more(old.types.get(key), type_)}
    kept = {key: name for key, name in names["operations"].items() if key not in lost}
    classes = {key: name for key, name in names["classes"].items() if key not in types}
    return {**names, "operations": kept, "arguments": arguments, "classes": classes}


def _asks_no_more(old: Any, new: Any) -> bool:
    """Whether the document had chosen a name for something, and leaves it to the words again."""
    return old is not None and bool(name_asked_for(old.names, "python")) > bool(
        name_asked_for(new.names, "python")
    )


def _fill_places(old: Api, new: Api, operations: dict[str, str], changes: list[Change]) -> None:
    """Bodies and responses have no place of their own: theirs is that of their operation."""
    before = {operation.id: operation.place for operation in [*old.operations, *old.webhooks]}
    after = {operation.id: operation.place for operation in [*new.operations, *new.webhooks]}
    for change in changes:
        if change.operations and change.old_place is None and change.new_place is None:
            change.old_place = before.get(change.operations[0])
            change.new_place = after.get(operations.get(change.operations[0], change.operations[0]))


def _compare_unused(walk: Walk) -> None:
    """Types that no operation uses: only callers of their classes feel a change."""
    by_name = {type_.name: type_ for type_ in walk.new.types.values() if type_.name}
    bases = {getattr(type_, "base", None) for type_ in walk.old.types.values()}
    for type_ in walk.old.types.values():
        other = by_name.get(type_.name or "")
        # The members of a base were compared where they are inherited.
        if type_.name and other is not None and type_.id not in walk.pairs and type_.id not in bases:
            walk.types(Use(type=type_.id), Use(type=other.id), type_.name, Context("", "request", "json"))


def _objects(walk: Walk, pair: Pair) -> None:
    compare_objects(walk, pair)
    derived = [
        (walk.old.types[old], walk.new.types[new])
        for old in pair.old.mapping.values()
        for new in pair.new.mapping.values()
        if walk.old.types[old].name == walk.new.types[new].name
    ]
    compare_discriminators(walk, pair, derived)


def _of_other_kinds(walk: Walk, pair: Pair) -> None:
    for comparer in (compare_union_and_member, compare_enum_and_scalar, compare_list_and_item):
        if comparer(walk, pair):
            return
    compare_others(walk, pair)


_COMPARERS = {
    "scalar": compare_scalars,
    "enum": compare_enums,
    "object": _objects,
    "array": compare_arrays,
    "map": compare_maps,
    "union": compare_unions,
    "other": _of_other_kinds,
    "constraints": compare_constraints,
    "keywords": compare_keywords,
}
