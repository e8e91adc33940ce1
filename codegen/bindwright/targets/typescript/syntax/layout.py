"""Laying out values: on one line where they fit, else one entry a line, as a person would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bindwright.targets.typescript.syntax.text import WIDTH, Code, key, string

Literal = Code | str | int | float | bool | None | list["Literal"] | dict[str, "Literal"]
"""A value of an object literal; text is text, `Code` is code."""


def value(literal: Any, indent: int = 0, before: int = 0) -> Code:
    """A literal as TypeScript.

    Args:
        indent: columns of the line in which it begins.
        before: columns that are taken on that line, the indentation included.
    """
    if isinstance(literal, Code):
        return Code(literal.replace("\n", "\n" + " " * indent)) if indent and "\n" in literal else literal
    if isinstance(literal, str):
        return string(literal)
    if literal is None:
        return Code("null")
    if isinstance(literal, bool):
        return Code("true" if literal else "false")
    if isinstance(literal, Mapping):
        return _braced(
            "{ ", [(f"{key(name)}: ", part) for name, part in literal.items()], " }", indent, before
        )
    if isinstance(literal, (list, tuple)):
        return _braced("[", [("", part) for part in literal], "]", indent, before)
    return Code(_number(literal))


def _number(number: Any) -> str:
    """Digits. Integers that a double does not hold are bigints."""
    if isinstance(number, int):
        return str(number) if abs(number) < 2**53 else f"{number}n"
    text = str(int(number)) if isinstance(number, float) and number.is_integer() and abs(number) < 2**53 else str(number)  # fmt: skip
    return {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}.get(text.lower(), text)


def _braced(opening: str, entries: list[tuple[str, Any]], closing: str, indent: int, before: int) -> Code:
    if not entries:
        return Code(opening.strip() + closing.strip())
    short = opening + ", ".join(name + value(part, 0, -10_000) for name, part in entries) + closing
    if before + len(short) < WIDTH and "\n" not in short:
        return Code(short)
    inner = indent + 2
    pad = " " * inner
    lines = [f"{pad}{name}{value(part, inner, inner + len(name))},\n" for name, part in entries]
    return Code(f"{opening.strip()}\n{''.join(lines)}{' ' * indent}{closing.strip()}")


def call(name: str, arguments: Iterable[Any], indent: int = 0, before: int = 0) -> Code:
    """A call; where it is too long, its only argument is broken, or each of several has its own line."""
    parts = list(arguments)
    short = f"{name}({', '.join(value(part, 0, -10_000) for part in parts)})"
    if before + len(short) < WIDTH and "\n" not in short:
        return Code(short)
    if len(parts) == 1:
        return Code(f"{name}({value(parts[0], indent, before + len(name) + 1)})")
    inner = indent + 2
    lines = [f"{' ' * inner}{value(part, inner, inner)},\n" for part in parts]
    return Code(f"{name}(\n{''.join(lines)}{' ' * indent})")
