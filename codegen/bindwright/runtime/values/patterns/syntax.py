"""Patterns of ECMA-262 (21.2.1, with Annex B) as the trees that Python's own parser of expressions makes.

What differs between the two languages is respelled before parsing, so that everything behind sees one syntax.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from re import _constants, _parser  # type: ignore[attr-defined]  # the parser of `re` has no public name
from typing import Any

from bindwright.standards.unicode_properties import ranges_of_property

SPACES = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
"""``\\s`` (ECMA-262, 12.2 and 12.3) as the inside of a class."""
LINE_ENDS = "\n\r\u2028\u2029"
"""What ``.`` does not match (ECMA-262, 12.3)."""

REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT)
_DIFFERENT = re.compile(
    r"\\u\{([0-9A-Fa-f]{1,6})\}|\\c([A-Za-z])|\\k<(\w+)>|\(\?<(?![=!])|\\[pP]\{([^{}]*)\}|\\.|\[\^?|\]|\$|\{,\d*\}"
    r"|--|&&|\|\||~~",
    re.DOTALL,
)


def parse(pattern: str) -> Any:
    """The tree of a pattern: pairs of operator and argument.

    Raises:
        ValueError: it is none, or has what is not known here (flags, scripts of Unicode).
    """
    try:
        tree = _parser.parse(python_pattern(pattern), re.ASCII)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(str(error)) from error
    if tree.state.flags != re.ASCII or any(_is_foreign(*part) for part in parts(tree)):
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


def parts(tree: Any) -> Iterator[tuple[Any, Any]]:
    """All parts of a tree: operator and argument."""
    for operator, argument in tree:
        yield operator, argument
        for sequence in children(operator, argument):
            yield from parts(sequence)


def operators(tree: Any) -> Iterator[Any]:
    """All operators of a tree."""
    return (operator for operator, _ in parts(tree))


def _is_foreign(operator: Any, argument: Any) -> bool:
    """Whether a part is Python's alone; a group with flags of its own is."""
    return operator in _NOT_ECMA or (operator is _constants.SUBPATTERN and bool(argument[1] or argument[2]))


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
        if match[4] is not None:
            spans = _property(text[1], match[4])
            return spans if in_class else f"[{spans}]"
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


def _property(letter: str, name: str) -> str:
    """The inside of a class for ``\\p{name}``, or for ``\\P{name}``; each span has two ends, so that a hyphen after it
    is one.

    Raises:
        ValueError: nobody knows the property.
    """
    spans = ranges_of_property(name)
    if letter == "P":
        spans = complement(spans)
    if not spans:
        raise ValueError("a class without a character")
    return "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in spans)


def complement(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """All code points that are in none of the sorted ranges."""
    gaps, start = [], 0
    for low, high in ranges:
        if low > start:
            gaps.append((start, low - 1))
        start = max(start, high + 1)
    return [*gaps, (start, sys.maxunicode)] if start <= sys.maxunicode else gaps


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
        raise ValueError("a Unicode property without a name")
    if text.startswith("{,"):  # literal text in ECMA-262, a repeat in Python
        return "\\" + text
    if len(text) == 2 and text[1].isalpha() and text[1] not in "dDwWsSbBnrtfvxu":
        return text[1]
    if text == r"\/":
        return "/"
    return text
