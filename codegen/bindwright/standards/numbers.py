"""Numbers of JSON: what counts as an integer, without computing with exponents that no machine can hold."""

from __future__ import annotations

import math
from decimal import Decimal

MOST_DIGITS = 400
"""Digits of an integer that is still written out: ``1e999999999`` is one, and fills a gigabyte."""


def is_whole(value: int | float | Decimal) -> bool:
    """Whether a number is an integer (JSON Schema 2020-12 core, 4.2.3: ``1.0`` is one, too)."""
    if isinstance(value, float):
        return math.isfinite(value) and value.is_integer()
    if isinstance(value, Decimal):
        return value.is_finite() and value == value.to_integral_value()
    return True


def whole(value: int | float | Decimal) -> int | None:
    """The integer that a number is; None for others, and for those of more than `MOST_DIGITS` digits."""
    if not is_whole(value) or (isinstance(value, Decimal) and value.adjusted() > MOST_DIGITS):
        return None
    return int(value)
