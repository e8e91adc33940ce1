"""Expressions laid out as ``ruff format`` leaves them: on one line where they fit, else one item a line.

An exploded bracket ends in a comma, which ruff takes as the wish to keep it so. What is written here
therefore needs no formatter; a test holds every emitted file against the real one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bindwright.targets.python.syntax.code import WIDTH, Code, columns, literal

INDENT = 4


class Bracketed:
    """A bracketed list of expressions: a call, tuple, list or dict."""

    __slots__ = ("close", "flat", "items", "laid", "open")

    def __init__(self, open_: str, items: list[Expr], close: str) -> None:
        self.open, self.items, self.close = open_, items, close
        self.flat: str
        self.laid: dict[tuple[int, int, int], Code] | None = None
        """As it was laid out before: expressions that recur are the same object."""
        inside = ", ".join([item.flat if isinstance(item, Bracketed) else item for item in items])
        if open_ == "(" and len(items) == 1:
            inside += ","
        self.flat = f"{open_}{inside}{close}"


Expr = Code | Bracketed


def call(function: Code, *arguments: Expr) -> Bracketed:
    """``function(arguments)``."""
    return Bracketed(function + "(", list(arguments), ")")


def keyword(name: Code, value: Expr) -> Expr:
    """``name=value`` inside a call."""
    if isinstance(value, Bracketed):
        return (
            Bracketed(f"{name}={value.open}", value.items, value.close)
            if value.open != "("
            else _tuple(f"{name}=", value)
        )
    return Code(f"{name}={value}")


def _tuple(prefix: str, value: Bracketed) -> Bracketed:
    group = Bracketed(prefix + "(", value.items, ")")
    group.flat = prefix + value.flat
    return group


def tuple_(items: Iterable[Expr]) -> Bracketed:
    """``(a, b)``; one item keeps its comma."""
    return Bracketed("(", list(items), ")")


def dict_(items: Iterable[tuple[Code, Expr]]) -> Bracketed:
    """``{key: value}``."""
    return Bracketed("{", [entry(key, value) for key, value in items], "}")


def entry(key: Code, value: Expr) -> Expr:
    """``key: value`` inside a dict."""
    if isinstance(value, Bracketed):
        group = Bracketed(f"{key}: {value.open}", value.items, value.close)
        group.flat = f"{key}: {value.flat}"
        return group
    return Code(f"{key}: {value}")


def value(data: Any) -> Expr:
    """Any JSON value as an expression."""
    if isinstance(data, Mapping):
        return dict_((literal(str(key)), value(item)) for key, item in data.items())
    if isinstance(data, (list, tuple)):
        return Bracketed("[", [value(item) for item in data], "]")
    return literal(data)


def flat(expression: Expr) -> Code:
    """The expression on one line."""
    return expression if isinstance(expression, str) else Code(expression.flat)


def lay(expression: Expr, indent: int, before: int, after: int = 0) -> Code:
    """The expression as it stands after `before` columns of a line indented by `indent`, `after` columns following."""
    text = expression.flat if isinstance(expression, Bracketed) else expression
    if isinstance(expression, str) or (
        before + len(text) + after <= WIDTH and before + columns(text) + after <= WIDTH
    ):
        return Code(text)
    if not expression.items:
        return Code(text)
    if expression.laid is None:
        expression.laid = {}
    elif (again := expression.laid.get((indent, before, after))) is not None:
        return again
    deeper = indent + INDENT
    pad = " " * deeper
    lines = [expression.open]
    lines += [f"{pad}{lay(item, deeper, deeper, 1)}," for item in expression.items]
    lines.append(" " * indent + expression.close)
    result = expression.laid[indent, before, after] = Code("\n".join(lines))
    return result


def assign(target: Code, expression: Expr, indent: int = 0) -> Code:
    """``target = expression``; a long string goes into parentheses where that makes it fit."""
    pad = " " * indent
    if (
        isinstance(expression, str)
        and len(pad) + len(target) + len(expression) + 3 <= WIDTH
        and expression.isascii()
    ):
        return Code(f"{pad}{target} = {expression}")
    before = indent + columns(target) + 3
    if isinstance(expression, str):
        width = columns(expression)
        if before + width > WIDTH and indent + INDENT + width <= WIDTH:
            return Code(f"{pad}{target} = (\n{pad}    {expression}\n{pad})")
        return Code(f"{pad}{target} = {expression}")
    return Code(f"{pad}{target} = {lay(expression, indent, before)}")


def class_head(name: str, *bases: str, indent: int = 0, after: str = "") -> Code:
    """``class Name(Base):``; `after` is what follows on its last line."""
    head = call(Code(f"class {name}"), *map(Code, bases))
    return Code(lay(head, indent, indent, 1 + len(after)) + ":")
