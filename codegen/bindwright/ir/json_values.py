"""JSON values of a document as plain JSON, without loss.

JSON has no ``Decimal`` and no NaN, and readers differ about large numbers: those stand as ``{"$number": text}``,
decimal digits as the document spells them, or ``INF``, ``-INF`` and ``NaN`` as XML Schema writes them.
An object of the document that looks like such a mark is wrapped itself (``$object``); one with keys that are no
text (YAML has them) is a list of pairs (``$pairs``).
"""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

from bindwright.openapi.text.numbers import SpelledFloat, real

_NUMBER, _OBJECT, _PAIRS = "$number", "$object", "$pairs"
_MARKS = frozenset({_NUMBER, _OBJECT, _PAIRS})
_EXACT = 2**53 - 1
"""The largest integer up to which every integer is a double of its own: what JSON readers agree about."""
_SPECIAL = {"INF": math.inf, "-INF": -math.inf, "NaN": math.nan}


def number_text(value: Decimal | float | str) -> str:
    """A number as decimal text: as it was spelled, else the shortest digits that say the same value."""
    if isinstance(value, SpelledFloat):
        return value.text
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "INF" if value > 0 else "-INF"
    return str(value)


def number(text: str) -> int | float | Decimal:
    """The number that `number_text` wrote.

    Raises:
        ValueError: the text is no number.
    """
    if text in _SPECIAL:
        return _SPECIAL[text]
    if text.lstrip("+-").isdigit():
        return int(text)
    return real(text)


def to_json(value: Any) -> Any:
    """`value` in what every JSON reader understands."""
    type_ = type(value)
    if type_ is str or type_ is bool or value is None:
        return value
    if type_ is int:
        return value if -_EXACT <= value <= _EXACT else {_NUMBER: str(value)}
    if type_ is float:
        return value if math.isfinite(value) else {_NUMBER: number_text(value)}
    if isinstance(value, (Decimal, SpelledFloat)):
        return {_NUMBER: number_text(value)}
    if type_ is list:
        return [to_json(item) for item in value]
    if not all(type(key) is str for key in value):
        return {_PAIRS: [[to_json(key), to_json(item)] for key, item in value.items()]}
    result = {key: to_json(item) for key, item in value.items()}
    return {_OBJECT: result} if len(result) == 1 and not _MARKS.isdisjoint(result) else result


def from_json(value: Any) -> Any:
    """What `to_json` was called with.

    Raises:
        ValueError: a mark does not hold what it has to.
    """
    if type(value) is list:
        return [from_json(item) for item in value]
    if type(value) is not dict:
        return value
    if len(value) == 1:
        ((mark, marked),) = value.items()
        if mark in _MARKS:
            return _READERS[mark](marked)
    return {key: from_json(item) for key, item in value.items()}


_READERS: dict[str, Any] = {
    _NUMBER: number,
    _OBJECT: lambda members: {key: from_json(item) for key, item in members.items()},
    _PAIRS: lambda pairs: {from_json(key): from_json(item) for key, item in pairs},
}
