"""Names that callers of the Python package write: the names that both versions would get without a lock."""

from __future__ import annotations

from bindwright.changes.walk import Walk
from bindwright.ir.model import Api
from bindwright.targets.python.naming.plan import NamePlan, plan_names


def compare_names(walk: Walk, operations: dict[str, str]) -> None:
    """Compare classes and methods; `operations` are old ids to new ones."""
    old, new = _names(walk.old), _names(walk.new)
    _compare_classes(walk, old, new)
    _compare_methods(walk, old, new, operations)


def _names(api: Api) -> NamePlan:
    return plan_names(api, "package", {}, {})


def _compare_classes(walk: Walk, old: NamePlan, new: NamePlan) -> None:
    partners = {type_id: _partner(walk, old, new, type_id) for type_id in walk.pairs}
    by_name = {name: type_id for type_id, name in new.classes.items()}
    for type_id, name in old.classes.items():
        if type_id not in partners and name in by_name:
            partners[type_id] = by_name[name]  # unused, or used by what went: still there under its name
    taken = {new.classes[partner] for partner in partners.values() if partner in new.classes}
    for type_id, name in old.classes.items():
        partner = partners.get(type_id)
        other = new.classes.get(partner or "")
        places = (walk.old.types[type_id].place, walk.new.types[partner].place if partner else None)
        if other is None:
            kind = "schema-removed" if name not in by_name else ""
        else:
            kind = "schema-renamed" if other != name else ""
        if kind:
            walk.findings.add(kind, name, None, name, other, places=places)
    for type_id, name in new.classes.items():
        if name not in taken and name not in old.classes.values() and walk.new.types[type_id].name:
            walk.findings.add(
                "schema-added", name, None, None, name, places=(None, walk.new.types[type_id].place)
            )


def _partner(walk: Walk, old: NamePlan, new: NamePlan, type_id: str) -> str:
    """The type that an old type became. Where it was written out at one place and stays at another, that place has
    another class now, and the class itself stays."""
    partners = walk.pairs[type_id]
    same = [partner for partner in partners if new.classes.get(partner) == old.classes.get(type_id)]
    if same and old.classes.get(type_id) is not None:
        for partner in partners:
            other = new.classes.get(partner)
            if partner not in same and other is not None:
                name = old.classes[type_id]
                walk.findings.add("class-of-use", f"{name} ({other})", None, name, other)
        return same[0]
    return partners[0]


def _compare_methods(walk: Walk, old: NamePlan, new: NamePlan, operations: dict[str, str]) -> None:
    old_groups = {operation.id: group.attribute for group in old.groups for operation in group.operations}
    new_groups = {operation.id: group.attribute for group in new.groups for operation in group.operations}
    for old_id, new_id in operations.items():
        if old_groups.get(old_id) != new_groups.get(new_id):
            before, after = old_groups.get(old_id), new_groups.get(new_id)
            walk.findings.add("operation-tag-renamed", old_id, None, before, after)
        before, after = old.calls[old_id].method, new.calls[new_id].method
        if before != after:
            walk.findings.add("operation-id-renamed", old_id, None, before, after)
