"""Trees written as expressions again, in the common subset of Python's ``re`` and of RE2.

Classes are spelled out, so that every engine means the same by ``\\s``, ``\\w`` and ``.``.
"""

from __future__ import annotations

from re import _constants  # type: ignore[attr-defined]
from typing import Any

from bindwright.runtime.values.patterns.syntax import LINE_ENDS, REPEATS, SPACES, complement

_CATEGORIES = {
    _constants.CATEGORY_DIGIT: ("0-9", False), _constants.CATEGORY_NOT_DIGIT: ("0-9", True),
    _constants.CATEGORY_WORD: ("0-9A-Za-z_", False), _constants.CATEGORY_NOT_WORD: ("0-9A-Za-z_", True),
    _constants.CATEGORY_SPACE: (SPACES, False), _constants.CATEGORY_NOT_SPACE: (SPACES, True),
}  # fmt: skip
_LAST = "\U0010ffff"
_ASSERTIONS = {
    (_constants.ASSERT, 1): "(?=", (_constants.ASSERT, -1): "(?<=",
    (_constants.ASSERT_NOT, 1): "(?!", (_constants.ASSERT_NOT, -1): "(?<!",
}  # fmt: skip


def spell(tree: Any, end: str) -> str:
    """The expression; `end` is the engine's anchor for the very end of the text."""
    return "".join(_part(operator, argument, end) for operator, argument in tree)


def _part(operator: Any, argument: Any, end: str) -> str:
    if operator is _constants.LITERAL:
        return _literal(argument)
    if operator is _constants.NOT_LITERAL:
        return f"[^{_literal(argument)}]"
    if operator is _constants.ANY:
        return f"[^{LINE_ENDS}]"
    if operator is _constants.IN:
        return _class(argument)
    if operator is _constants.AT:
        return _anchor(argument, end)
    if operator in REPEATS:
        low, high, content = argument
        most = "" if high is _constants.MAXREPEAT else high
        return f"(?:{spell(content, end)}){{{low},{most}}}"
    if operator is _constants.BRANCH:
        return f"(?:{'|'.join(spell(branch, end) for branch in argument[1])})"
    if operator is _constants.SUBPATTERN:
        return f"({spell(argument[3], end)})"
    if operator is _constants.GROUPREF:
        return f"(?:\\{argument})"
    return f"{_ASSERTIONS[operator, argument[0]]}{spell(argument[1], end)})"


def _anchor(where: Any, end: str) -> str:
    if where in (_constants.AT_END, _constants.AT_END_STRING):
        return end
    if where in (_constants.AT_BEGINNING, _constants.AT_BEGINNING_STRING):
        return "^"
    return r"\b" if where is _constants.AT_BOUNDARY else r"\B"


def _literal(code: int) -> str:
    """A character, escaped where either engine could read it as syntax."""
    text = chr(code)
    if text.isalnum() or code > 127:
        return text
    return f"\\x{code:02x}"


def _class(items: Any) -> str:
    """A class. Negated categories become ranges: RE2 knows none within a class, Python no nested ones."""
    negated = items[0][0] is _constants.NEGATE
    ranges = sorted(span for item in items if item[0] is not _constants.NEGATE for span in ranges_of(*item))
    if negated:
        ranges = complement(ranges)
    if not ranges:
        return f"[^\\x00-{_LAST}]"
    return "[" + "".join(f"{_literal(low)}-{_literal(high)}" for low, high in ranges) + "]"


def ranges_of(operator: Any, argument: Any) -> list[tuple[int, int]]:
    """The code points of one item of a class, as ranges."""
    if operator is _constants.LITERAL:
        return [(argument, argument)]
    if operator is _constants.RANGE:
        return [argument]
    if operator is _constants.CATEGORY:
        text, negated = _CATEGORIES[argument]
        ranges = _ranges_in(text)
        return complement(ranges) if negated else ranges
    raise ValueError(f"no class of {operator}")


def _ranges_in(text: str) -> list[tuple[int, int]]:
    """The ranges of a plain class text, sorted."""
    ranges, index = [], 0
    while index < len(text):
        low = text[index]
        if text[index + 1 : index + 2] == "-":
            ranges.append((ord(low), ord(text[index + 2])))
            index += 3
        else:
            ranges.append((ord(low), ord(low)))
            index += 1
    return sorted(ranges)
