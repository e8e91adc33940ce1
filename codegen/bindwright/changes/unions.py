"""Unions: which alternatives there are, and what tells them apart."""

from __future__ import annotations

from typing import Any

from bindwright.changes.findings import Change
from bindwright.changes.walk import Pair, Walk, shown, type_of
from bindwright.ir.model import AnyType, Api, Use


def compare_unions(walk: Walk, pair: Pair) -> None:
    """Two unions: alternatives are matched by name, then by what they are."""
    old, new = pair.old, pair.new
    remaining = list(new.members)
    matched: list[tuple[Use, Use]] = []
    removed: list[Use] = []
    for member in old.members:
        other = _match(walk, member, remaining)
        if other is None:
            removed.append(member)
        else:
            remaining.remove(other)
            matched.append((member, other))
    if removed or remaining:
        expanded = _expanded(walk.old, removed), _expanded(walk.new, remaining)
        if len(expanded[0]) > len(removed) or len(expanded[1]) > len(remaining):
            _compare_nested(walk, pair, matched, *expanded)
            return
    for member in removed:
        _add(
            walk, pair, "oneof-removed", shown(walk.old, member), None, suffix=f" ({shown(walk.old, member)})"
        )
    for member in remaining:
        _add(walk, pair, "oneof-added", None, shown(walk.new, member), suffix=f" ({shown(walk.new, member)})")
    for first, second in matched:
        walk.uses(first, second, f"{pair.element} ({shown(walk.old, first)})", pair.context)
    if old.any_of != new.any_of and min(len(old.members), len(new.members)) > 1:
        _add(walk, pair, "oneof-to-anyof" if new.any_of else "anyof-to-oneof", old.any_of, new.any_of)
    compare_discriminators(walk, pair, [(type_of(walk.old, a), type_of(walk.new, b)) for a, b in matched])


def _expanded(api: Api, members: list[Use]) -> list[Use]:
    """Alternatives with those of the unions among them in their places: a choice within a choice is one choice."""
    expanded: list[Use] = []
    waiting, visited = list(members), set[str]()
    while waiting:
        member = waiting.pop(0)
        type_ = type_of(api, member)
        if type_.kind != "union" or type_.id in visited:
            expanded.append(member)
            continue
        visited.add(type_.id)
        waiting = [*type_.members, *waiting]
    return expanded


def _compare_nested(
    walk: Walk, pair: Pair, matched: list[tuple[Use, Use]], removed: list[Use], added: list[Use]
) -> None:
    """The alternatives that found no partner, once more by what stands in the unions among them."""
    left = list(added)
    for member in removed:
        other = _match(walk, member, left)
        name = shown(walk.old, member)
        if other is None:
            _add(walk, pair, "oneof-removed", name, None, suffix=f" ({name})")
        else:
            left.remove(other)
            matched.append((member, other))
    for member in left:
        name = shown(walk.new, member)
        _add(walk, pair, "oneof-added", None, name, suffix=f" ({name})")
    for first, second in matched:
        walk.uses(first, second, f"{pair.element} ({shown(walk.old, first)})", pair.context)


def _add(walk: Walk, pair: Pair, kind: str, before: Any, after: Any, suffix: str = "") -> Change:
    return walk.findings.add(kind, pair.element + suffix, pair.context, before, after, places=pair.places)


def _match(walk: Walk, member: Use, candidates: list[Use]) -> Use | None:
    old = type_of(walk.old, member)
    for test in (_same_name, _same_content):
        for candidate in candidates:
            if test(walk.old, walk.new, old, type_of(walk.new, candidate)):
                return candidate
    return None


def _same_name(old_api: Api, new_api: Api, old: AnyType, new: AnyType) -> bool:
    return old.kind == new.kind and (old.name == new.name if old.name or new.name else old.id == new.id)


def _same_content(old_api: Api, new_api: Api, old: AnyType, new: AnyType) -> bool:
    if old.kind != new.kind:
        return False
    if old.kind == "object" and new.kind == "object":
        names = {member.name for member in old.properties}
        return bool(names) and names == {member.name for member in new.properties}
    if old.kind == "scalar" and new.kind == "scalar":
        return old.base == new.base
    return old.kind in ("array", "map")


def compare_discriminators(walk: Walk, pair: Pair, members: list[tuple[AnyType, AnyType]]) -> None:
    """What tells alternatives, or derived types, apart."""
    old, new = pair.old, pair.new
    if old.discriminator != new.discriminator:
        kind = "discriminator-property"
        if not old.discriminator or not new.discriminator:
            kind = "discriminator-removed" if old.discriminator else "discriminator-added"
        change = _add(walk, pair, kind, old.discriminator, new.discriminator)
        for alternatives in members:
            change.sites |= _fields(pair, *alternatives)
        return
    for first, second in members:
        before, after = _values(old.mapping, first), _values(new.mapping, second)
        lost = sorted(before - after)
        come = sorted(after - before)
        if old.discriminator and (lost or come):
            kind = "discriminator-value" + ("" if lost and come else "-removed" if lost else "-added")
            suffix = f" ({first.name or first.id})"
            change = _add(walk, pair, kind, lost or None, come or None, suffix=suffix)
            change.sites |= _fields(pair, first, second)


def _fields(pair: Pair, old: AnyType, new: AnyType) -> set[str]:
    """The fields whose default is what a discriminator says of a type."""
    return {f"{old.id}.{pair.old.discriminator}", f"{new.id}.{pair.new.discriminator}"}


def _values(mapping: dict[str, str], type_: AnyType) -> set[str]:
    """The values that tell a type, without the name of one that has another value, wherever that stands.

    What a package was released with keeps no order of a mapping.
    """
    values = {value for value, target in mapping.items() if target == type_.id}
    return values - {type_.name} or values


def compare_union_and_member(walk: Walk, pair: Pair) -> bool:
    """A type in the place of a union that holds it, or the other way round; False where it is neither."""
    old, new = pair.old, pair.new
    if new.kind == "union":
        member = _match(walk, pair.old_use, list(new.members))
        if member is not None:
            _add(walk, pair, "object-to-oneof", shown(walk.old, pair.old_use), shown(walk.new, pair.new_use))
            walk.types(pair.old_use, member, pair.element, pair.context)
            return True
    if old.kind == "union":
        for member in old.members:
            if _match(walk, member, [pair.new_use]) is not None:
                _add(
                    walk,
                    pair,
                    "oneof-to-object",
                    shown(walk.old, pair.old_use),
                    shown(walk.new, pair.new_use),
                )
                walk.types(member, pair.new_use, pair.element, pair.context)
                return True
    return False
