"""One walk over a parsed file, level by level: how deep, how large, which references."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field


class Measure(Struct):
    """What `measure` found."""

    depth: int = 0
    members: int = 0
    """Members of all objects."""
    nodes: int = 0
    refs: set[str] = field(default_factory=set)


def measure(root: Any, *, depth: int, nodes: int) -> Measure:
    """Walk `root`, which must be a tree or share nodes harmlessly; stops past `depth` or `nodes`."""
    result = Measure()
    level = [root] if type(root) in (dict, list) else []
    while level and result.depth <= depth and result.nodes <= nodes:
        result.depth += 1
        level = _next(level, result)
    return result


def _next(level: list[Any], result: Measure) -> list[Any]:
    below: list[Any] = []
    members = items = 0
    refs = result.refs
    for node in level:
        if type(node) is dict:
            members += len(node)
            for value in node.values():
                if type(value) is dict or type(value) is list:
                    below.append(value)
            if "$ref" in node and type(node["$ref"]) is str:
                refs.add(node["$ref"])
        else:
            items += len(node)
            for value in node:
                if type(value) is dict or type(value) is list:
                    below.append(value)
    result.members += members
    result.nodes += members + items
    return below
