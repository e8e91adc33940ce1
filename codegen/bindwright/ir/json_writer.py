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
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return value
    if kind is int:
        return value if -_EXACT <= value <= _EXACT else {_INTEGER: hex(value)}
    if kind is float:
        return value if math.isfinite(value) else {_FLOAT: repr(value)}
    if kind is Decimal:
        return {_DECIMAL: str(value)}
    if kind is list:
        return [to_json(one) for one in value]
    if not all(type(key) is str for key in value):
        return {_PAIRS: [[to_json(key), to_json(one)] for key, one in value.items()]}
    made = {key: to_json(one) for key, one in value.items()}
    return {_OBJECT: made} if len(made) == 1 and not _MARKS.isdisjoint(made) else made


def from_json(value: Any) -> Any:
    """What `to_json` was given."""
    if type(value) is list:
        return [from_json(one) for one in value]
    if type(value) is not dict:
        return value
    if len(value) == 1:
        ((mark, inner),) = value.items()
        if mark in _MARKS:
            return _READERS[mark](inner)
    return {key: from_json(one) for key, one in value.items()}


_READERS: dict[str, Any] = {
    _DECIMAL: Decimal,
    _FLOAT: float,
    _INTEGER: lambda text: int(text, 16),
    _OBJECT: lambda inner: {key: from_json(one) for key, one in inner.items()},
    _PAIRS: lambda inner: {from_json(key): from_json(one) for key, one in inner},
}
