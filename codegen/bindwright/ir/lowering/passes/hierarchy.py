"""Which schemas derive from which, by `allOf`."""

from __future__ import annotations

from collections.abc import Mapping

from bindwright.ir.model import TypeId


class Hierarchy:
    """The types above and below each, near ones first; each list is worked out once, and nobody may change it."""

    def __init__(self, extends: Mapping[TypeId, list[TypeId]]) -> None:
        self._parents = extends
        self._children: dict[TypeId, list[TypeId]] = {}
        for child, parents in extends.items():
            for parent in parents:
                self._children.setdefault(parent, []).append(child)
        self._above: dict[TypeId, list[TypeId]] = {}
        self._below: dict[TypeId, list[TypeId]] = {}

    def above(self, key: TypeId) -> list[TypeId]:
        """The types that one derives from."""
        if key not in self._above:
            self._above[key] = _closure(key, self._parents)
        return self._above[key]

    def below(self, key: TypeId) -> list[TypeId]:
        """The types that derive from one."""
        if key not in self._below:
            self._below[key] = _closure(key, self._children)
        return self._below[key]


def _closure(key: TypeId, edges: Mapping[TypeId, list[TypeId]]) -> list[TypeId]:
    """What edges lead to; a type that derives from itself is not among them."""
    reached = {key: None}
    waiting = [key]
    for each in waiting:
        new = [other for other in edges.get(each, ()) if other not in reached]
        reached |= dict.fromkeys(new)
        waiting += new
    return waiting[1:]
