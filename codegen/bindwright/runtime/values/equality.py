"""Equality of JSON values (JSON Schema 2020-12, 4.2.2): 1 is 1.0, but not true."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any


def same(left: Any, right: Any) -> bool:
    """Whether two JSON values are equal (JSON Schema 2020-12, 4.2.2)."""
    return _identity(left) == _identity(right)


def all_differ(items: list[Any]) -> bool:
    """Whether no item equals another one."""
    try:
        return len({_identity(item) for item in items}) == len(items)
    except RecursionError:  # free values may be nested as deeply as JSON is read
        return True


def _identity(value: Any) -> Hashable:
    """What is equal for equal JSON values alone."""
    if isinstance(value, dict):
        return frozenset((name, _identity(item)) for name, item in value.items())
    if isinstance(value, list):
        return tuple(map(_identity, value))
    return (isinstance(value, bool), value)
