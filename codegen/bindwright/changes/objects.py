"""Objects, maps and lists."""

from __future__ import annotations

from typing import Any

from bindwright.changes.findings import Context
from bindwright.changes.likeness import LIKE, likeness, may_be_renamed
from bindwright.changes.scalars import base_change
from bindwright.changes.walk import Pair, Walk, inline_types, shown, type_of
from bindwright.ir.model import Api, Object, Property, Use


def compare_objects(walk: Walk, pair: Pair) -> None:
    """Two objects with named members."""
    old, new = pair.old, pair.new
    _compare_properties(walk, pair)
    if old.closed != new.closed:
        _add(walk, pair, "closed" if new.closed else "opened")
    _compare_additional(walk, pair)
    _compare_patterns(walk, pair)
    added = sorted(set(new.required_names) - set(old.required_names))
    removed = sorted(set(old.required_names) - set(new.required_names))
    if added:
        _add(walk, pair, "required-unknown", None, added)
    if removed:
        _add(walk, pair, "required-known", removed)
    if old.keys is not None and new.keys is not None:
        walk.types(old.keys, new.keys, f"{pair.element} keys", pair.context)
    elif old.keys is not new.keys:
        _add(walk, pair, "keyword-added" if old.keys is None else "keyword-removed")
    if pair.context.format == "xml":
        _compare_known(walk, pair)


def _add(walk: Walk, pair: Pair, kind: str, before: Any = None, after: Any = None) -> None:
    walk.findings.add(kind, pair.element, pair.context, before, after, places=pair.places)


def _felt(member: Property, context: Context) -> bool:
    """A member that only answers have is not judged in requests, and the other way round."""
    return not (member.use.read_only if context.direction == "request" else member.use.write_only)


def _compare_properties(walk: Walk, pair: Pair) -> None:
    old = {member.name: member for member in pair.old.properties}
    new = {member.name: member for member in pair.new.properties}
    renames = renamed_properties(walk.old, walk.new, pair.old, pair.new)
    for name, member in old.items():
        other = new.get(name)
        element = f"{pair.element}.{name}"
        if other is not None:
            _compare_property(walk, pair, member, other, element)
        elif name in renames:
            target = new[renames[name]]
            kept = pair.context.format == "xml" and _xml_name(member) == _xml_name(target)
            _report_rename(walk, pair, member, target, kept)
            _compare_property(walk, pair, member, target, element)
        elif _felt(member, pair.context):
            kind = "property-removed-required" if member.required else "property-removed"
            change = walk.findings.add(
                kind, element, pair.context, shown(walk.old, member.use), places=(member.place, None),
                site=site_of(member),
            )  # fmt: skip
            change.sites.update(inline_types(walk.old, member.use))
    for name, member in new.items():
        if name not in old and name not in renames.values() and _felt(member, pair.context):
            kind = "property-added-required" if member.required else "property-added-optional"
            element = f"{pair.element}.{name}"
            walk.findings.add(
                kind, element, pair.context, None, shown(walk.new, member.use), places=(None, member.place),
                site=site_of(member),
            )  # fmt: skip


def _report_rename(walk: Walk, pair: Pair, member: Property, target: Property, kept: bool) -> None:
    kind = "property-renamed-xml-kept" if _xml_name(member) == _xml_name(target) else "property-renamed"
    context = None if kept else pair.context
    places = (member.place, target.place)
    walk.findings.add(
        kind, f"{pair.element}.{member.name}", context, member.name, target.name, places=places,
        site=site_of(member),
    )  # fmt: skip


def site_of(member: Property) -> str:
    """Where changes of a member are found: see `Change.sites`."""
    return f"{member.declared_in}.{member.name}"


def _xml_name(member: Property) -> str:
    return (member.use.xml.name if member.use.xml and member.use.xml.name else None) or member.name


def _compare_property(walk: Walk, pair: Pair, old: Property, new: Property, element: str) -> None:
    context = pair.context
    if not (_felt(old, context) and _felt(new, context)) and _felt(old, context) == _felt(new, context):
        return
    places = (old.place, new.place)
    context = context._replace(sites=(site_of(old),))
    if old.required != new.required:
        kind = "property-required" if new.required else "property-optional"
        walk.findings.add(kind, element, context, places=places)
    walk.uses(old.use, new.use, element, context, places)


def renamed_properties(old_api: Api, new_api: Api, old: Object, new: Object) -> dict[str, str]:
    """Old names to new ones of members that went and came with the same type, and the same name in XML, the same
    place, or a like name."""
    old_names, new_names = [m.name for m in old.properties], [m.name for m in new.properties]
    removed = [m for m in old.properties if m.name not in new_names]
    added = [m for m in new.properties if m.name not in old_names]
    renames: dict[str, str] = {}
    # Of two components that are both there, one after the other at a place, the places of members say nothing.
    same = old.name == new.name or old.id not in new_api.types
    for member in removed:
        best, best_score = "", 0.0
        for other in added:
            if other.name in renames.values() or not _same_type(old_api, new_api, member.use, other.use):
                continue
            if not may_be_renamed(member, other):
                continue
            score = likeness(member.name, other.name)
            score += _xml_name(member) == _xml_name(other)
            score += same and old_names.index(member.name) == new_names.index(other.name)
            if score > best_score:
                best, best_score = other.name, score
        if best_score >= LIKE:
            renames[member.name] = best
    return renames


def _same_type(old_api: Api, new_api: Api, old: Use, new: Use) -> bool:
    first, second = type_of(old_api, old), type_of(new_api, new)
    return (
        first.kind == second.kind
        and (first.name == second.name)
        and (shown(old_api, old) == shown(new_api, new))
    )


def _compare_additional(walk: Walk, pair: Pair) -> None:
    old, new = _further(walk.old, pair.old.additional), _further(walk.new, pair.new.additional)
    if old is not None and new is not None:
        walk.uses(old, new, f"{pair.element}.*", pair.context._replace(sites=(f"{pair.old.id}.*",)))
    elif old is None and new is not None and not pair.old.closed:
        _add(walk, pair, "additional-typed", None, shown(walk.new, new))
    elif old is not None and new is None and not pair.new.closed:
        _add(walk, pair, "additional-untyped", shown(walk.old, old))


def _compare_patterns(walk: Walk, pair: Pair) -> None:
    """Members of objects with others that are told by patterns of their names."""
    before, after = dict(pair.old.pattern_additional), dict(pair.new.pattern_additional)
    for pattern, use in before.items():
        if pattern in after:
            walk.uses(use, after[pattern], f"{pair.element}.{pattern}", pair.context)
    if before.keys() != after.keys():
        _add(walk, pair, "constraint-pattern-changed", sorted(before), sorted(after))


def _further(api: Api, use: Use | None) -> Use | None:
    """What further members are; None where they may be anything, said or not."""
    if use is None:
        return None
    type_ = type_of(api, use)
    return None if type_.kind == "scalar" and type_.base == "any" else use


def _compare_known(walk: Walk, pair: Pair) -> None:
    """Types that ``i:type`` may name in the place of the object, or of one of its bases (``x-dcs-known-types``)."""
    old, new = pair.old, pair.new
    while old is not None and new is not None:
        before = {walk.old.types[known].name or known for known in old.known}
        after = {walk.new.types[known].name or known for known in new.known}
        if before - after:
            walk.findings.add(
                "dcs-known-type-removed", old.name or old.id, pair.context, sorted(before - after)
            )
        if after - before:
            added = sorted(after - before)
            walk.findings.add("dcs-known-type-added", old.name or old.id, pair.context, None, added)
        old, new = walk.old.types.get(old.base or ""), walk.new.types.get(new.base or "")


def compare_maps(walk: Walk, pair: Pair) -> None:
    """Two maps."""
    walk.uses(pair.old.values, pair.new.values, f"{pair.element}.*", pair.context)
    if pair.old.keys is not None and pair.new.keys is not None:
        walk.types(pair.old.keys, pair.new.keys, f"{pair.element} keys", pair.context)
    elif pair.old.keys is not pair.new.keys:
        _add(walk, pair, "keyword-added" if pair.old.keys is None else "keyword-removed")


def compare_arrays(walk: Walk, pair: Pair) -> None:
    """Two lists."""
    for number, (old, new) in enumerate(zip(pair.old.prefix, pair.new.prefix, strict=False)):
        walk.uses(old, new, f"{pair.element}[{number}]", pair.context)
    if len(pair.old.prefix) != len(pair.new.prefix):
        _add(walk, pair, "type-changed", len(pair.old.prefix), len(pair.new.prefix))
    if pair.old.items is not None and pair.new.items is not None:
        walk.uses(pair.old.items, pair.new.items, f"{pair.element}[]", pair.context)
    elif pair.old.items is not pair.new.items:
        _add(walk, pair, "type-narrowed" if pair.new.items is None else "type-widened")


def compare_list_and_item(walk: Walk, pair: Pair) -> bool:
    """One value in the place of a list, or the other way round; False where it is neither."""
    old, new = pair.old, pair.new
    texts = shown(walk.old, pair.old_use), shown(walk.new, pair.new_use)
    if "union" in (old.kind, new.kind) or "array" not in (old.kind, new.kind):
        return False
    if new.kind == "array" and new.items is not None and _is_same(walk, pair.old_use, new.items):
        _add(walk, pair, "property-item-to-list", *texts)
        return True
    if old.kind == "array" and old.items is not None and _is_same(walk, old.items, pair.new_use):
        _add(walk, pair, "property-list-to-item", *texts)
        return True
    return False


def _is_same(walk: Walk, old: Use, new: Use) -> bool:
    """Whether an item and a value are of the same type: by kind, by name, or with half of the members in common."""
    before, after = type_of(walk.old, old), type_of(walk.new, new)
    if not isinstance(before, Object) or not isinstance(after, Object):
        return before.kind == after.kind
    if before.name is not None and before.name == after.name:
        return True
    names, others = ({member.name for member in type_.properties} for type_ in (before, after))
    return 2 * len(names & others) >= max(len(names), len(others), 1)


def compare_others(walk: Walk, pair: Pair) -> None:
    """Two types of which nothing is the same."""
    old = getattr(pair.old, "base", "") if pair.old.kind == "scalar" else pair.old.kind
    new = getattr(pair.new, "base", "") if pair.new.kind == "scalar" else pair.new.kind
    kind = base_change(old or "", new or "")
    _add(walk, pair, kind, shown(walk.old, pair.old_use), shown(walk.new, pair.new_use))
