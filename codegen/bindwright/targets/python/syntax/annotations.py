"""Annotations laid out as ``ruff format`` leaves them: of fields, parameters and results."""

from __future__ import annotations

import re
from functools import lru_cache

from bindwright.targets.python.syntax.code import WIDTH, Code, columns
from bindwright.targets.python.syntax.layout import INDENT, Bracketed, Expr, lay


def annotated(target: Code, annotation: Code, expression: Expr | None, indent: int) -> Code:
    """``target: annotation = expression``.

    What does not fit is split on the right if that suffices, then put into parentheses, then split on the left.
    """
    pad = " " * indent
    head = f"{pad}{target}: {annotation}"
    width = columns(head)
    if expression is None:
        return Code(head if width <= WIDTH else _split(pad, target, annotation, bare=True))
    grouped = isinstance(expression, Bracketed)
    flat, opening = (
        (expression.flat, expression.open) if isinstance(expression, Bracketed) else (expression, expression)
    )
    if width + 3 + columns(opening if grouped else flat) <= WIDTH:
        return Code(f"{head} = {lay(expression, indent, width + 3)}")
    if width + 4 <= WIDTH:
        deeper = indent + INDENT
        return Code(f"{head} = (\n{pad}    {lay(expression, deeper, deeper)}\n{pad})")
    head = _split(pad, target, annotation)
    last = head[head.rfind("\n") + 1 :]
    return Code(f"{head} = {lay(expression, indent, columns(last) + 3)}")


def _split(pad: str, target: Code, annotation: Code, *, bare: bool = False) -> str:
    """The left side over several lines, where the annotation has something to split at."""
    indent = len(pad)
    if len(split(annotation, "|")) > 1:
        deeper = indent + INDENT
        return f"{pad}{target}: (\n{pad}    {laid(annotation, deeper, deeper, 0)}\n{pad})"
    if bare and "[" not in annotation and indent + INDENT + columns(annotation) <= WIDTH:
        return f"{pad}{target}: (\n{pad}    {annotation}\n{pad})"
    return f"{pad}{target}: {laid(annotation, indent, WIDTH, 0)}"


def laid(text: str, indent: int, before: int, after: int) -> str:
    """A type expression inside brackets: members of a union and arguments of a subscript one a line if need be."""
    if before + columns(text) + after <= WIDTH:
        return text
    pad = " " * indent
    members = split(text, "|")
    if len(members) > 1:
        lines = [
            laid(member, indent, indent + 2 if position else before, 0)
            for position, member in enumerate(members)
        ]
        return f"\n{pad}| ".join(lines)
    start = text.find("[")
    if start < 0 or not text.endswith("]"):
        return text
    arguments = split(text[start + 1 : -1], ",")
    comma = "," if len(arguments) > 1 else ""
    deeper = indent + INDENT
    lines = [f"{pad}    {laid(argument, deeper, deeper, len(comma))}{comma}" for argument in arguments]
    return "\n".join([text[: start + 1], *lines, f"{pad}]"])


_SIGNS = re.compile(r"""(?s)"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[][()|,]""")
"""Strings as a whole, brackets, and what separates."""


@lru_cache(maxsize=1 << 12)
def split(text: str, separator: str) -> tuple[str, ...]:
    """The parts of a type expression between ``|`` or ``,`` at its top level."""
    if separator not in text:
        return (text.strip(),)
    parts, depth, start = [], 0, 0
    for match in _SIGNS.finditer(text):
        sign = match[0]
        if sign in ("[", "("):
            depth += 1
        elif sign in ("]", ")"):
            depth -= 1
        elif sign == separator and depth == 0:
            parts.append(text[start : match.start()].strip())
            start = match.end()
    return (*parts, text[start:].strip())
