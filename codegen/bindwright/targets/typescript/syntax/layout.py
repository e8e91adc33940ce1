"""Laying out values: on one line where they fit, else one entry a line, as a person would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, cast

from bindwright.targets.typescript.syntax.code import Code
from bindwright.targets.typescript.syntax.text import WIDTH, key, string

Literal = Code | str | int | float | bool | None | list["Literal"] | dict[str, "Literal"]
"""A value of an object literal; text is text, `Code` is code."""


class _Braces(NamedTuple):
    """An object or list whose parts are spelled, not laid out yet."""

    short: str
    """The whole on one line; empty where it fits none."""
    opening: str
    entries: list[tuple[str, _Part]]
    closing: str


_Part = Code | _Braces


def value(literal: Any, indent: int = 0, before: int = 0) -> Code:
    """A literal as TypeScript.

    Args:
        indent: columns of the line in which it begins.
        before: columns that are taken on that line, the indentation included.
    """
    return _laid_out(_spelled(literal), indent, before)


def in_line(literal: Any) -> Code:
    """A literal on one line, however long that is."""
    if isinstance(literal, Mapping):
        return Code(
            "{ " + ", ".join(f"{key(name)}: {in_line(part)}" for name, part in literal.items()) + " }"
        )
    if isinstance(literal, (list, tuple)):
        return Code("[" + ", ".join(map(in_line, literal)) + "]")
    return _scalar(literal)


def call(name: str, arguments: Iterable[Any], indent: int = 0, before: int = 0) -> Code:
    """A call; where it is too long, its only argument is broken, or each of several has its own line."""
    parts = [_spelled(argument) for argument in arguments]
    shorts = [_short(part) for part in parts]
    if all(shorts):
        short = f"{name}({', '.join(shorts)})"
        if before + len(short) < WIDTH:
            return Code(short)
    if len(parts) == 1:
        return Code(f"{name}({_laid_out(parts[0], indent, before + len(name) + 1)})")
    inner = indent + 2
    lines = [f"{' ' * inner}{_laid_out(part, inner, inner)},\n" for part in parts]
    return Code(f"{name}(\n{''.join(lines)}{' ' * indent})")


def _spelled(literal: Any) -> _Part:
    """The parts of a literal, from within outwards: so nothing is spelled twice, however deep it stands."""
    kind = type(literal)
    if kind is Code:
        return cast(Code, literal)
    if kind is str:
        return string(literal)
    if kind is dict or isinstance(literal, Mapping):
        if not literal:
            return Code("{}")
        return _braces("{ ", [(f"{key(name)}: ", _spelled(part)) for name, part in literal.items()], " }")
    if isinstance(literal, (list, tuple)):
        if not literal:
            return Code("[]")
        return _braces("[", [("", _spelled(part)) for part in literal], "]")
    return _scalar(literal)


def _scalar(literal: Any) -> Code:
    if isinstance(literal, Code):
        return literal
    if isinstance(literal, str):
        return string(literal)
    if literal is None:
        return Code("null")
    if isinstance(literal, bool):
        return Code("true" if literal else "false")
    return Code(_number(literal))


def _number(number: Any) -> str:
    """Digits. Integers that a double does not hold are bigints."""
    if isinstance(number, int):
        return str(number) if abs(number) < 2**53 else f"{number}n"
    text = str(int(number)) if isinstance(number, float) and number.is_integer() and abs(number) < 2**53 else str(number)  # fmt: skip
    return {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}.get(text.lower(), text)


def _braces(opening: str, entries: list[tuple[str, _Part]], closing: str) -> _Braces:
    length, shorts = len(opening) + len(closing) - 2, list[str]()
    for name, part in entries:
        short = _short(part)
        length += len(name) + len(short) + 2
        if not short or length >= WIDTH:
            return _Braces("", opening, entries, closing)
        shorts.append(name + short)
    return _Braces(opening + ", ".join(shorts) + closing, opening, entries, closing)


def _short(part: _Part) -> str:
    """A part on one line; empty where it fits none."""
    if isinstance(part, _Braces):
        return part.short
    return part if len(part) < WIDTH and "\n" not in part else ""


def _laid_out(part: _Part, indent: int, before: int) -> Code:
    if isinstance(part, str):
        return Code(part.replace("\n", "\n" + " " * indent)) if indent and "\n" in part else part
    if part.short and before + len(part.short) < WIDTH:
        return Code(part.short)
    inner = indent + 2
    pad = " " * inner
    lines = [f"{pad}{name}{_laid_out(entry, inner, inner + len(name))},\n" for name, entry in part.entries]
    return Code(f"{part.opening.strip()}\n{''.join(lines)}{' ' * indent}{part.closing.strip()}")
