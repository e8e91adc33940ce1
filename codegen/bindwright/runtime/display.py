"""How models show themselves: members that are there, long values cut."""

from __future__ import annotations

from typing import Any

from attrs import Factory

from bindwright.runtime.model import UNSET

_TEXT = 100
"""Characters or bytes of one value that are shown."""
_ITEMS = 10
"""Items of one list or map that are shown."""


def shown(model: Any) -> str:
    """``Pet(name='Rex', age=3)`` without members that are absent."""
    parts = []
    for one in type(model).__attrs_attrs__:
        if one.repr is False:
            continue
        value = getattr(model, one.name)
        if not _absent(value, one.default):
            text = one.repr(value) if callable(one.repr) else short(value)
            parts.append(f"{one.name}={text}")
    return f"{type(model).__name__}({', '.join(parts)})"


def _absent(value: Any, default: Any) -> bool:
    if value is None or value is UNSET:
        return value is default
    # Members beyond those that are named are in a dict of their own, which is empty without any.
    return isinstance(default, Factory) and value.__class__ is dict and not value  # type: ignore[arg-type]


def short(value: Any) -> str:
    """The ``repr`` of a value, cut where it is long."""
    kind = value.__class__
    if kind is str or kind is bytes:
        left = len(value) - _TEXT
        return f"{value[:_TEXT]!r}... {left} more" if left > 0 else repr(value)
    if kind is list or kind is tuple:
        left = len(value) - _ITEMS
        inside = [short(one) for one in value[:_ITEMS]] + ([f"... {left} more"] if left > 0 else [])
        if kind is tuple and len(inside) == 1:
            inside.append("")
        text = ", ".join(inside)
        return f"[{text}]" if kind is list else f"({text.rstrip()})"
    if kind is dict:
        left = len(value) - _ITEMS
        pairs = [f"{name!r}: {short(one)}" for name, one in list(value.items())[:_ITEMS]]
        return "{" + ", ".join(pairs + ([f"... {left} more"] if left > 0 else [])) + "}"
    return repr(value)
