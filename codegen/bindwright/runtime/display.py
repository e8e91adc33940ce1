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
    for field in type(model).__attrs_attrs__:
        if field.repr is False:
            continue
        value = getattr(model, field.name)
        if not _absent(value, field.default):
            text = field.repr(value) if callable(field.repr) else short(value)
            parts.append(f"{field.name}={text}")
    return f"{type(model).__name__}({', '.join(parts)})"


def _absent(value: Any, default: Any) -> bool:
    if value is None or value is UNSET:
        return value is default
    # Members beyond those that are named are in a dict of their own, which is empty without any.
    return isinstance(default, Factory) and value.__class__ is dict and not value  # type: ignore[arg-type]


def short(value: Any) -> str:
    """The ``repr`` of a value, cut where it is long."""
    type_ = value.__class__
    if type_ is str or type_ is bytes:
        excess = len(value) - _TEXT
        return f"{value[:_TEXT]!r}... {excess} more" if excess > 0 else repr(value)
    if type_ is list or type_ is tuple:
        excess = len(value) - _ITEMS
        inside = [short(item) for item in value[:_ITEMS]] + ([f"... {excess} more"] if excess > 0 else [])
        if type_ is tuple and len(inside) == 1:
            inside.append("")
        text = ", ".join(inside)
        return f"[{text}]" if type_ is list else f"({text.rstrip()})"
    if type_ is dict:
        excess = len(value) - _ITEMS
        pairs = [f"{name!r}: {short(item)}" for name, item in list(value.items())[:_ITEMS]]
        return "{" + ", ".join(pairs + ([f"... {excess} more"] if excess > 0 else [])) + "}"
    return repr(value)
