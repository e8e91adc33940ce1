"""Possessive groups for every Python that we run on.

CPython before 3.11.5 does not go back to where a possessive repetition of a group had ended when a further one fails in
its middle (gh-106052): ``(?:-(?!-))*+--`` does not match ``--``. An atomic group says the same and is right everywhere, but
keeps a place for each repetition while it matches: so it is used where possessive groups are wrong, and there alone.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import AnyStr

_ARE_RIGHT = sys.version_info >= (3, 11, 5)
_TOKEN = r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(|\)((?:[*+?]|\{[0-9,]+\})\+)?|[^\\\[()]+"
"""An escape, a set, an opening or closing parenthesis with its possessive quantifier, other text."""


def possessive(pattern: AnyStr) -> AnyStr:
    """A pattern of `re` whose possessive groups match as they should in this Python.

    Args:
        pattern: its text; sets in it hold no sets, and no comments of verbose patterns.
    """
    if _ARE_RIGHT:
        return pattern
    if isinstance(pattern, bytes):
        return atomic(pattern.decode("latin-1")).encode("latin-1")
    return atomic(pattern)


def atomic(pattern: str) -> str:
    """The same pattern with atomic groups in place of possessive ones: ``(?:a)*+`` is ``(?>(?:a)*)``."""
    return "".join(_pieces(pattern))


def _pieces(pattern: str) -> Iterator[str]:
    tokens = list(re.finditer(_TOKEN, pattern, re.DOTALL))
    opened: list[int] = []
    opens_atomic: set[int] = set()
    for index, token in enumerate(tokens):
        if token[0] == "(":
            opened.append(index)
        elif token[0][0] == ")":
            start = opened.pop()
            if token[1] is not None:
                opens_atomic.add(start)
    for index, token in enumerate(tokens):
        if index in opens_atomic:
            yield "(?>("
        elif token[1] is not None:
            yield f"){token[1][:-1]})"
        else:
            yield token[0]
