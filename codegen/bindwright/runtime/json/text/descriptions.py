"""Values and members in the words of an error message."""

from __future__ import annotations

import re

from bindwright.runtime.json.text.numbers import text_of
from bindwright.runtime.value_types import JsonValue

_KINDS: dict[type, str] = {
    str: "a string", bool: "true or false", type(None): "null", dict: "an object", list: "an array",
    int: "an integer", float: "a number",
}  # fmt: skip


_plain_name = re.compile(r"[^\W\d]\w*").fullmatch


def shown(value: JsonValue) -> str:
    """A JSON value in the words of an error message, short."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"the string {value[:40] + '…' if len(value) > 40 else value!r}"
    if isinstance(value, (int, float)):
        text = text_of(value) if isinstance(value, float) else _short(value)
        return f"the number {text[:40]}"
    return next((words for type_, words in _KINDS.items() if isinstance(value, type_)), type(value).__name__)


def _short(value: int) -> str:
    return str(value) if value.bit_length() < 200 else f"of {value.bit_length()} bits"


def step(name: str) -> str:
    """A member's step in a path: ``.name``, or ``["a b"]``."""
    if _plain_name(name):
        return f".{name}"
    quoted = name[:80].replace("\\", "\\\\").replace('"', '\\"')
    return f'["{quoted}"]'
