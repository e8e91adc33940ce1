"""Which modules refer to each other's values: a codec of a module that may not have run yet stands in `lazy`."""

from __future__ import annotations

from collections.abc import Iterator

from bindwright.ir import model as ir
from bindwright.ir.walks import uses_of
from bindwright.targets.typescript.naming.plan import NamePlan


class ModuleCircles:
    """Modules by the circle of imports in which they stand."""

    def __init__(self, api: ir.Api, plan: NamePlan) -> None:
        self._api, self._plan = api, plan
        self._in_contents = _types_in_contents(api, plan)
        edges: dict[str, set[str]] = {}
        for key in plan.types:
            module = plan.modules[key]
            edges.setdefault(module, set()).update(
                plan.modules[other] for other in self._references(api.types[key])
            )
        self._circle = _circles(edges)

    def same(self, module: str, other: str) -> bool:
        """Whether two modules import each other, directly or through others."""
        return self._circle.get(module) == self._circle.get(other)

    def _references(self, type_: ir.AnyType) -> Iterator[ir.TypeId]:
        """The declared types whose codecs the codec of a type names."""
        waiting = list(_named_by(type_))
        seen: set[ir.TypeId] = set()
        while waiting:
            key = waiting.pop()
            if key in seen or key not in self._api.types:
                continue
            seen.add(key)
            if key in self._plan.types:
                yield key
            else:
                waiting += _named_by(self._api.types[key])
        yield from self._in_contents.get(type_.id, ())


def _types_in_contents(api: ir.Api, plan: NamePlan) -> dict[ir.TypeId, list[ir.TypeId]]:
    """Types that only the contents of XML name: derived ones, and those that may stand for any value."""
    types: dict[ir.TypeId, list[ir.TypeId]] = {}
    for content in api.xml.values():
        if isinstance(content, ir.XmlObject):
            names = [*content.derived, *content.mapping.values()]
        elif isinstance(content, ir.XmlAny):
            names = content.known
        else:
            continue
        inner = [api.xml[name].type for name in names if name in api.xml]
        types.setdefault(content.type, []).extend(key for key in inner if key in plan.types)
    return types


def _named_by(type_: ir.AnyType) -> Iterator[ir.TypeId]:
    yield from (use.type for use in uses_of(type_))
    if isinstance(type_, (ir.Object, ir.Union)):
        yield from type_.mapping.values()
        if type_.default_type is not None:
            yield type_.default_type
    if isinstance(type_, ir.Object):
        yield from type_.known
    if isinstance(type_, ir.Map):
        for use in (type_.keys, type_.entries.key_use if type_.entries is not None else None):
            if use is not None:
                yield use.type


def _circles(edges: dict[str, set[str]]) -> dict[str, int]:
    """The number of the strongly connected component of each node (Tarjan's algorithm, without recursion)."""
    index: dict[str, int] = {}
    lowest: dict[str, int] = {}
    circle: dict[str, int] = {}
    stack: list[str] = []
    for start in edges:
        if start in index:
            continue
        work = [(start, iter(edges[start]))]
        index[start] = lowest[start] = len(index)
        stack.append(start)
        while work:
            node, others = work[-1]
            for other in others:
                if other not in index:
                    index[other] = lowest[other] = len(index)
                    stack.append(other)
                    work.append((other, iter(edges.get(other, ()))))
                    break
                if other not in circle:
                    lowest[node] = min(lowest[node], index[other])
            else:
                work.pop()
                if work:
                    lowest[work[-1][0]] = min(lowest[work[-1][0]], lowest[node])
                if lowest[node] == index[node]:
                    while node not in circle:
                        circle[stack.pop()] = index[node]
    return circle
