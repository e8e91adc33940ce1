"""Numbers of JSON: what counts as an integer, without computing with exponents that no machine can hold; formats with a range."""

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


def _signed(bits: int) -> tuple[int, int]:
    return -(1 << (bits - 1)), (1 << (bits - 1)) - 1


def _unsigned(bits: int) -> tuple[int, int]:
    return 0, (1 << bits) - 1


RANGES: dict[str, tuple[int, int]] = {
    "int8": _signed(8), "byte": _signed(8), "uint8": _unsigned(8), "unsignedByte": _unsigned(8),
    "int16": _signed(16), "short": _signed(16), "uint16": _unsigned(16), "unsignedShort": _unsigned(16),
    "int32": _signed(32), "uint32": _unsigned(32), "unsignedInt": _unsigned(32),
    "int64": _signed(64), "uint64": _unsigned(64), "unsignedLong": _unsigned(64),
}  # fmt: skip
"""Lowest and highest value of formats of integers (OpenAPI Format Registry, and the names of XML Schema).

``int`` and ``long`` are missing on purpose: documents use them without a width.
"""
