"""The surfaces of packages that are not written: of one, or of two versions, of which only what differs is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from msgspec import Struct

from bindwright.ir import model as ir
from bindwright.targets.python.client.resources import Resources
from bindwright.targets.python.models.model_modules import Models
from bindwright.targets.python.naming.plan import NamePlan, plan_names
from bindwright.targets.python.surface.planned import planned_surface
from bindwright.targets.python.surface.renames import older_names
from bindwright.targets.python.syntax.options import PythonOptions
from bindwright.targets.surface import Surface


class PlannedPackage(Struct, kw_only=True, frozen=True):
    """What callers of a package will see."""

    surface: Surface
    plan: NamePlan


class NamedPackage:
    """A package whose names are settled, of which nothing is written.

    Args:
        names: `Output.names` of the last run, from the lock.
        older: names that things had beside those of the lock: see `plan_names`.
    """

    def __init__(
        self,
        api: ir.Api,
        options: PythonOptions,
        names: Mapping[str, Any] | None = None,
        older: Mapping[str, Any] | None = None,
    ) -> None:
        self.api, self.options, self.names = api, options, names
        self.plan = plan_names(api, options.package, options.names, names or {}, options.group_by, older)
        self.models = Models(api, self.plan)

    def planned(self, closed: Set[str] = frozenset()) -> PlannedPackage:
        """Its surface; asynchronous classes, and what stands in the classes of `closed` types, are left out."""
        resources = Resources(self.api, self.models)
        surface = planned_surface(self.api, self.plan, self.models, resources, mirrored=False, closed=closed)
        return PlannedPackage(surface=surface, plan=self.plan)


def plan_surface(
    api: ir.Api, options: PythonOptions, names: Mapping[str, Any] | None = None
) -> PlannedPackage:
    """The surface of a package, and its names, without writing the package; asynchronous classes are left out."""
    return NamedPackage(api, options, names).planned()


def plan_surfaces(
    old: NamedPackage, new: NamedPackage, unchanged: Set[str], *, following: bool = False
) -> tuple[PlannedPackage, PlannedPackage]:
    """The surfaces of two versions of a package, without what stands in classes that both have alike.

    Args:
        unchanged: the types that are equal in both versions, with all that they lead to.
        following: whether what is called otherwise than in the old version keeps its older name as an alias.
    """
    closed = _alike(old, new, unchanged)
    before, after = old.planned(closed), new.planned(closed)
    if following and new.names:
        older = older_names(before.surface, after.surface, new.plan, new.names)
        if older:
            after = NamedPackage(new.api, new.options, new.names, older).planned(closed)
    return before, after


def _alike(old: NamedPackage, new: NamedPackage, unchanged: Set[str]) -> Set[str]:
    """The types whose classes are alike in both versions, and of which no class that differs is derived.

    The types are equal, and so are all names in them.
    """
    before, after = old.plan, new.plan
    same = unchanged & before.classes.keys() & after.classes.keys()
    if any(before.classes[key] != after.classes[key] for key in same):
        return frozenset()  # names of other classes stand in annotations
    sections = ("classes", "fields", "members")
    renamed = {key for plan in (before, after) for name in sections for key in plan.aliases.get(name, ())}
    sides, others = old.models.context.sides, new.models.context.sides
    alike = {
        key
        for key in same - renamed
        if before.fields.get(key) == after.fields.get(key)
        and before.members.get(key) == after.members.get(key)
        and before.additional.get(key) == after.additional.get(key)
        and all((key in sides[side]) == (key in others[side]) for side in others)
    }
    return alike - _bases(old.api, alike) - _bases(new.api, alike)


def _bases(api: ir.Api, alike: Set[str]) -> set[str]:
    """What the other types are derived from, however far up."""
    waiting = [key for key in api.types if key not in alike]
    bases: set[str] = set()
    while waiting:
        type_ = api.types[waiting.pop()]
        if isinstance(type_, ir.Object) and type_.base and type_.base not in bases:
            bases.add(type_.base)
            waiting.append(type_.base)
    return bases
