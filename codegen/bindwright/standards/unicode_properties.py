"""Properties of characters that a pattern can name (ECMA-262, 22.2.2.9): ``\\p{Lu}``, ``\\p{Letter}``, ``\\p{ASCII}``.

General categories and a few binary properties, from the tables that Python has; scripts are in none of them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import groupby

_LONG = {
    "Letter": "L", "Cased_Letter": "LC", "Uppercase_Letter": "Lu", "Lowercase_Letter": "Ll", "Titlecase_Letter": "Lt",
    "Modifier_Letter": "Lm", "Other_Letter": "Lo", "Mark": "M", "Combining_Mark": "M", "Nonspacing_Mark": "Mn",
    "Spacing_Mark": "Mc", "Enclosing_Mark": "Me", "Number": "N", "Decimal_Number": "Nd", "digit": "Nd",
    "Letter_Number": "Nl", "Other_Number": "No", "Punctuation": "P", "punct": "P", "Connector_Punctuation": "Pc",
    "Dash_Punctuation": "Pd", "Open_Punctuation": "Ps", "Close_Punctuation": "Pe", "Initial_Punctuation": "Pi",
    "Final_Punctuation": "Pf", "Other_Punctuation": "Po", "Symbol": "S", "Math_Symbol": "Sm", "Currency_Symbol": "Sc",
    "Modifier_Symbol": "Sk", "Other_Symbol": "So", "Separator": "Z", "Space_Separator": "Zs", "Line_Separator": "Zl",
    "Paragraph_Separator": "Zp", "Other": "C", "Control": "Cc", "cntrl": "Cc", "Format": "Cf", "Surrogate": "Cs",
    "Private_Use": "Co", "Unassigned": "Cn",
}  # fmt: skip
_CATEGORIES = frozenset(short for short in _LONG.values() if len(short) == 2 and short != "LC")
_LAST = 0x10FFFF
_BINARY: dict[str, Callable[[], list[tuple[int, int]]]] = {
    "Any": lambda: [(0, _LAST)],
    "ASCII": lambda: [(0, 127)],
    "ASCII_Hex_Digit": lambda: [(48, 57), (65, 70), (97, 102)],
    "Assigned": lambda: _spans(_CATEGORIES - {"Cn"}),
    "White_Space": lambda: [
        (9, 13), (32, 32), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029),
        (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000),
    ],
}  # fmt: skip
_SHORT = {"AHex": "ASCII_Hex_Digit", "space": "White_Space"}


def is_known(name: str) -> bool:
    """Whether `ranges_of_property` can tell who has a property."""
    return _categories(name) is not None or _SHORT.get(name, name) in _BINARY


@cache
def ranges_of_property(name: str) -> list[tuple[int, int]]:
    """The code points that have a property, as sorted ranges that do not touch.

    Raises:
        ValueError: nothing is known of it.
    """
    categories = _categories(name)
    if categories is not None:
        return _spans(categories)
    binary = _BINARY.get(_SHORT.get(name, name))
    if binary is None:
        raise ValueError(f"the Unicode property {name[:40]!r} is not known here")
    return binary()


def _categories(name: str) -> frozenset[str] | None:
    """The general categories that a name stands for, as ``Lu``, ``L``, ``Letter`` or ``gc=Lu`` does."""
    key, equals, value = name.partition("=")
    if equals:
        if key not in ("gc", "General_Category"):
            return None
        name = value
    short = _LONG.get(name, name)
    if short == "LC":
        return frozenset({"Lu", "Ll", "Lt"})
    categories = frozenset(category for category in _CATEGORIES if short in (category, category[0]))
    return categories or None


def _spans(categories: frozenset[str]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for start, end, category in _table():
        if category in categories:
            if spans and spans[-1][1] == start - 1:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
    return spans


@cache
def _table() -> list[tuple[int, int, str]]:
    """Runs of characters of one category: first, last, category. A fifth of a second, once."""
    runs, start = [], 0
    for category, run in groupby(map(unicodedata.category, map(chr, range(_LAST + 1)))):
        count = sum(1 for _ in run)
        runs.append((start, start + count - 1, category))
        start += count
    return runs
