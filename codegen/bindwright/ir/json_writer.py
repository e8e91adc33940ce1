"""JSON values of a document as plain JSON, without loss.

JSON has no ``Decimal``, no NaN, and readers differ about large numbers: those stand as an object with one
member whose name begins with ``$``; an object of the document that looks like one is wrapped itself.
"""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

_DECIMAL, _FLOAT, _INTEGER, _OBJECT, _PAIRS = "$decimal", "$float", "$integer", "$object", "$pairs"
_MARKS = frozenset({_DECIMAL, _FLOAT, _INTEGER, _OBJECT, _PAIRS})
_EXACT = 2**53


def to_json(value: Any) -> Any:
    """`value` in what every JSON reader understands."""
    type_ = type(value)
    if type_ is str or type_ is bool or value is None:
        return value
    if type_ is int:
        return value if -_EXACT <= value <= _EXACT else {_INTEGER: hex(value)}
    if type_ is float:
        return value if math.isfinite(value) else {_FLOAT: repr(value)}
    if type_ is Decimal:
        return {_DECIMAL: str(value)}
    if type_ is list:
        return [to_json(item) for item in value]
    if not all(type(key) is str for key in value):
        return {_PAIRS: [[to_json(key), to_json(item)] for key, item in value.items()]}
    result = {key: to_json(item) for key, item in value.items()}
    return {_OBJECT: result} if len(result) == 1 and not _MARKS.isdisjoint(result) else result


def from_json(value: Any) -> Any:
    """What `to_json` was given."""
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
    _DECIMAL: Decimal,
    _FLOAT: float,
    _INTEGER: lambda text: int(text, 16),
    _OBJECT: lambda members: {key: from_json(item) for key, item in members.items()},
    _PAIRS: lambda pairs: {from_json(key): from_json(item) for key, item in pairs},
}
