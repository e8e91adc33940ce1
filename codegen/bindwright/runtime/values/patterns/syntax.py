"""Patterns of ECMA-262 (21.2.1, with Annex B) as the trees that Python's own parser of expressions makes.

What differs between the two languages is respelled before parsing, so that everything behind sees one syntax.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants, _parser  # type: ignore[attr-defined]  # the parser of `re` has no public name
from typing import Any

SPACES = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
"""``\\s`` (ECMA-262, 12.2 and 12.3) as the inside of a class."""
LINE_ENDS = "\n\r\u2028\u2029"
"""What ``.`` does not match (ECMA-262, 12.3)."""

REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT)
_DIFFERENT = re.compile(
    r"\\u\{([0-9A-Fa-f]{1,6})\}|\\c([A-Za-z])|\\k<(\w+)>|\(\?<(?![=!])|\\.|\[\^?|\]|\$|\{,\d*\}"
    r"|--|&&|\|\||~~",
    re.DOTALL,
)


def parse(pattern: str) -> Any:
    """The tree of a pattern: pairs of operator and argument.

    Raises:
        ValueError: it is none, or has what Python's parser does not know (Unicode properties).
    """
    try:
        tree = _parser.parse(python_pattern(pattern), re.ASCII)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(str(error)) from error
    if tree.state.flags != re.ASCII or any(operator in _NOT_ECMA for operator in operators(tree)):
        raise ValueError("flags and possessive repeats are Python's, not ECMA-262's")
    _shorten(tree)
    return tree


def _shorten(tree: Any) -> None:
    """Take away turns of repeats that can only match nothing: matchers would take all of ``(?:){4000000000}``.

    Raises ValueError where turns without a character still ask for something, and there are too many of them.
    """
    for index, (operator, argument) in enumerate(tree):
        for sequence in children(operator, argument):
            _shorten(sequence)
        if operator not in REPEATS:
            continue
        low, high, content = argument
        shortest, longest = content.getwidth()
        if shortest == 0 and low > 1:
            if _ZERO_WIDTH.isdisjoint(operators(content)):
                low = 0
            elif low > _MOST_TURNS:
                raise ValueError("a repeat without end of what needs no character")
        tree.data[index] = (operator, (low, high if longest else min(high, max(low, 1)), content))


_MOST_TURNS = 1_000
_ZERO_WIDTH = frozenset({_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT})
_NOT_ECMA = (
    _constants.POSSESSIVE_REPEAT, _constants.ATOMIC_GROUP, _constants.GROUPREF_EXISTS,
)  # fmt: skip


def children(operator: Any, argument: Any) -> Iterator[Any]:
    """The sequences inside one part of a tree."""
    if operator in REPEATS:
        yield argument[2]
    elif operator is _constants.SUBPATTERN:
        yield argument[3]
    elif operator is _constants.BRANCH:
        yield from argument[1]
    elif operator in (_constants.ASSERT, _constants.ASSERT_NOT):
        yield argument[1]


def operators(tree: Any) -> Iterator[Any]:
    """All operators of a tree."""
    for operator, argument in tree:
        yield operator
        for sequence in children(operator, argument):
            yield from operators(sequence)


def python_pattern(pattern: str) -> str:
    """The same expression in Python's syntax.

    Raises:
        ValueError: it uses what Python's ``re`` has no word for.
    """
    in_class = False

    def respelled(match: re.Match[str]) -> str:
        nonlocal in_class
        text = match[0]
        if match[1]:
            return re.escape(chr(int(match[1], 16)))
        if match[2]:
            return f"\\x{ord(match[2]) % 32:02x}"
        if text.startswith("[") and not in_class:
            in_class = True
            return text
        if text.startswith("["):
            return "\\" + text
        if text == "]":
            in_class = False
            return text
        return _in_class(text) if in_class and text[0] not in "\\(" else _outside(text, match)

    return _DIFFERENT.sub(respelled, pattern)


def _in_class(text: str) -> str:
    """Doubled characters are reserved for operations on sets in Python."""
    return f"{text[0]}\\{text[1]}" if text in ("--", "&&", "||", "~~") else text


def _outside(text: str, match: re.Match[str]) -> str:
    if text == "$":
        return r"\Z"
    if text == "(?<":
        return "(?P<"
    if match[3]:
        return f"(?P={match[3]})"
    if text in (r"\p", r"\P"):
        raise ValueError("Unicode property classes")
    if text.startswith("{,"):  # literal text in ECMA-262, a repeat in Python
        return "\\" + text
    if len(text) == 2 and text[1].isalpha() and text[1] not in "dDwWsSbBnrtfvxu":
        return text[1]
    if text == r"\/":
        return "/"
    return text
