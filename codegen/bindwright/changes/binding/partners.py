"""Which names of two packages mean the same thing: by what of the API they stand for, not by how they are spelled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bindwright.changes.binding.surfaces import NOBODY
from bindwright.changes.objects import renamed_properties
from bindwright.changes.walk import Walk
from bindwright.ir.model import Enum, Object
from bindwright.targets.python.naming.plan import TagGroup
from bindwright.targets.python.surface.packages import PlannedPackage


class Packages:
    """Two packages, and the walk that told which of their types and operations belong together.

    Args:
        operations: old ids of operations to new ones.
    """

    client = "Client"
    """What has the groups of operations."""
    prefixes: tuple[str, ...] = ("", "Async")
    """Of classes that are there once more."""

    def __init__(
        self, walk: Walk, operations: Mapping[str, str], old: PlannedPackage, new: PlannedPackage
    ) -> None:
        self.walk, self.operations, self.old, self.new = walk, operations, old, new
        self.old_groups = {o.id: group for group in old.plan.groups for o in group.operations}
        self.new_groups = {o.id: group for group in new.plan.groups for o in group.operations}
        self._by_name = {name: type_id for type_id, name in new.plan.classes.items()}
        self.types = {type_id: self._type(type_id) for type_id in old.plan.classes}
        """Old types that are classes to the new ones that came in their places."""
        self.tags = dict(self._tags())
        """Old tags to new ones."""

    def _class_of(self, group: TagGroup, prefix: str) -> str:
        return f"api.{group.module}.{prefix}{group.cls}"

    def partners(self) -> dict[str, str]:
        """Old names to new ones, where they differ: see `compare_surfaces`."""
        pairs: dict[str, str] = {}
        for part in (
            self._classes,
            self._fields,
            self._members,
            self._tag_names,
            self._gone,
            self._methods,
            self._arguments,
        ):
            pairs.update(part())
        return pairs

    def _type(self, type_id: str) -> str:
        """The new type in the place of an old one; empty where there is none with a class."""
        walk, old, new = self.walk, self.old.plan.classes, self.new.plan.classes
        if walk.old.types[type_id].name and type_id in new:
            return type_id  # a component that is still there, whatever stands where it was used
        candidates = [each for each in walk.pairs.get(type_id, ()) if each in new]
        same = [each for each in candidates if new[each] == old[type_id]]
        if same:
            return same[0]
        for each in candidates:
            existed = each in old and walk.new.types[each].name
            if not existed and walk.new.types[each].kind == walk.old.types[type_id].kind:
                return each
        # Nothing uses it, or what used it is gone: the lock, by whose names the new package is planned, tells it.
        partner = self._by_name.get(old[type_id], "")
        unpaired = partner and type_id not in walk.pairs
        return partner if unpaired and walk.new.types[partner].kind == walk.old.types[type_id].kind else ""

    def _classes(self) -> Iterator[tuple[str, str]]:
        names = set(self.new.plan.classes.values())
        for type_id, name in self.old.plan.classes.items():
            partner = self.new.plan.classes.get(self.types[type_id])
            if partner is not None and partner != name:
                yield f"models.{name}", f"models.{partner}"
            elif partner is None and name in names:
                yield f"models.{name}", NOBODY

    def _class_pairs(self) -> Iterator[tuple[str, str, str, str]]:
        """Types and class names of all pairs of classes."""
        for old_id, new_id in self.types.items():
            if new_id:
                yield old_id, new_id, self.old.plan.classes[old_id], self.new.plan.classes[new_id]

    def _fields(self) -> Iterator[tuple[str, str]]:
        old_fields, new_fields = self.old.plan.fields, self.new.plan.fields
        for old_id, new_id, name, partner in self._class_pairs():
            old, new = self.walk.old.types[old_id], self.walk.new.types[new_id]
            if not isinstance(old, Object) or not isinstance(new, Object):
                continue
            before = old_fields[old_id]
            after = {
                property_.name: new_fields[property_.declared_in][property_.name]
                for property_ in new.properties
                if property_.name in new_fields.get(property_.declared_in, ())
            }
            if all(after.get(key) == field for key, field in before.items()):
                continue
            renames = renamed_properties(self.walk.old, self.walk.new, old, new)
            for key, field in before.items():
                other = after.get(renames.get(key, key), NOBODY)
                if other != field and (other or field in after.values()):
                    yield f"models.{name}.{field}", f"models.{partner}.{other}" if other else NOBODY

    def _members(self) -> Iterator[tuple[str, str]]:
        for old_id, new_id, name, partner in self._class_pairs():
            old, new = self.walk.old.types[old_id], self.walk.new.types[new_id]
            if not isinstance(old, Enum) or not isinstance(new, Enum):
                continue
            before = _by_value(old, self.old.plan.members[old_id])
            after = _by_value(new, self.new.plan.members[new_id])
            for value, member in before.items():
                other = after.get(value, NOBODY)
                if other != member and (other or member in after.values()):
                    yield f"models.{name}.{member}", f"models.{partner}.{other}" if other else NOBODY

    def _tags(self) -> Iterator[tuple[str, str]]:
        """A tag is another one now where all that is left of its operations has gone to one new tag."""
        tags = {group.tag for group in self.new.plan.groups}
        earlier = {group.tag for group in self.old.plan.groups}
        for group in self.old.plan.groups:
            moved = [self.operations.get(operation.id) for operation in group.operations]
            now = {self.new_groups[each].tag for each in moved if each in self.new_groups}
            if group.tag in tags:
                yield group.tag, group.tag
            elif len(now) == 1 and not now & earlier:
                yield group.tag, now.pop()

    def _tag_names(self) -> Iterator[tuple[str, str]]:
        by_tag = {group.tag: group for group in self.new.plan.groups}
        attributes = {group.attribute for group in self.new.plan.groups}
        for group in self.old.plan.groups:
            other = by_tag.get(self.tags.get(group.tag, "\0"))
            for prefix in self.prefixes:
                name = f"{prefix}{self.client}.{group.attribute}"
                if other is None:
                    if group.attribute in attributes:
                        yield name, NOBODY
                    continue
                if other.attribute != group.attribute:
                    yield name, f"{prefix}{self.client}.{other.attribute}"
                if self._class_of(other, prefix) != self._class_of(group, prefix):
                    yield self._class_of(group, prefix), self._class_of(other, prefix)

    def _methods(self) -> Iterator[tuple[str, str]]:
        for old_id, new_id in self.operations.items():
            old_call, new_call = self.old.plan.calls[old_id], self.new.plan.calls[new_id]
            for prefix in self.prefixes:
                before = self._class_of(self.old_groups[old_id], prefix)
                after = self._class_of(self.new_groups[new_id], prefix)
                if (before, old_call.method) != (after, new_call.method):
                    yield f"{before}.{old_call.method}", f"{after}.{new_call.method}"
                if old_call.wait and new_call.wait and (before, old_call.wait) != (after, new_call.wait):
                    yield f"{before}.{old_call.wait}", f"{after}.{new_call.wait}"

    def _gone(self) -> Iterator[tuple[str, str]]:
        """Methods of operations that are gone: others may have their names now."""
        for old_id in self.old.plan.calls.keys() - self.operations.keys():
            yield from ((method, NOBODY) for method in self._methods_of(old_id))

    def _arguments(self) -> Iterator[tuple[str, str]]:
        for old_id, new_id in self.operations.items():
            before = self.old.plan.calls[old_id].arguments
            after = self.new.plan.calls[new_id].arguments
            if before == after:
                continue
            matches = self.walk.parameters.get(old_id, {})
            for key, argument in before.items():
                other = after.get(matches.get(key, NOBODY), NOBODY)
                if other != argument and (other or argument in after.values()):
                    for method in self._methods_of(old_id):
                        yield f"{method}({argument})", other

    def _methods_of(self, operation: str) -> Iterator[str]:
        call = self.old.plan.calls[operation]
        for prefix in self.prefixes:
            class_ = self._class_of(self.old_groups[operation], prefix)
            yield f"{class_}.{call.method}"
            if call.wait:
                yield f"{class_}.{call.wait}"


def _by_value(type_: Enum, names: list[str]) -> dict[str, str]:
    return {repr(member.value): name for member, name in zip(type_.members, names, strict=True)}
