"""In which group an operation stands: by tag, by path, or by an extension; the same for every language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from bindwright.ir import model as ir
from bindwright.targets.naming import words

_VERSION = re.compile(r"v?\d+([._]\d+)*|api|rest", re.I)
_PATHLESS = "/"
"""The key of the group of operations that have neither a tag nor a path with a name, where others stand by their paths.

Its key tells such a package from one in which all operations without a tag are in one group.
"""


def grouping(api: ir.Api, group_by: str, locked: Any) -> Callable[[ir.Operation], str]:
    """What gives the key of an operation's group; `spelled` gives its name.

    Args:
        group_by: ``tag``, ``path``, or the name of an extension (``x-…``).
        locked: the groups of the last run, from the lock; None where there was none.
    """
    if group_by == "path":
        return _segment
    if group_by.startswith("x-"):
        return lambda operation: _extension(operation, group_by)
    if group_by != "tag":
        return _none
    untagged = _untagged(api, locked)
    return lambda operation: next(iter(operation.tags), "") or untagged(operation)


def spelled(key: str) -> str:
    """The tag or name in a path that a group's key is; empty where nothing names the group."""
    return "" if key == _PATHLESS else key


def _none(operation: ir.Operation) -> str:
    return ""


def _extension(operation: ir.Operation, name: str) -> str:
    value = operation.extensions.get(name)
    return value if isinstance(value, str) else ""


def _untagged(api: ir.Api, locked: Any) -> Callable[[ir.Operation], str]:
    """Where operations without a tag stand: with the tag that is called like their path, or by that alone.

    Where most paths begin with a name of their own (``/getPet``, ``/listPets``) that would be a group for each, and
    they are in one. A package keeps what it began with.
    """
    untagged = [operation for operation in api.operations if not operation.tags]
    paths = {_segment(operation) for operation in untagged}
    is_one_group = "" in locked if isinstance(locked, Mapping) else 2 * len(paths) > len(untagged)
    if is_one_group:
        return _none
    tags = {words.snake(tag): tag for operation in api.operations for tag in operation.tags[:1]}

    def key(operation: ir.Operation) -> str:
        segment = _segment(operation)
        return tags.get(words.snake(segment), segment) or _PATHLESS

    return key


def _segment(operation: ir.Operation) -> str:
    """The first segment of a path that is a name; empty where there is none."""
    segments = [segment for segment in operation.path.split("/") if segment and "{" not in segment]
    return next((segment for segment in segments if not _VERSION.fullmatch(segment)), "")
