"""Numbers without lost digits: ``float`` where it says the same as the text, else ``int`` or ``Decimal``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

DIGITS = 4300
"""Longest integer that is read: Python's own bound against quadratic conversions."""


def real(text: str) -> float | Decimal:
    """The value of a JSON or YAML real number.

    A float has 15 safe decimal digits; a longer text, or one beyond a float's range, is compared exactly.
    """
    value = float(text)
    if len(text) <= 15 and "e" not in text and "E" not in text:
        return value
    from decimal import Decimal, InvalidOperation

    try:
        exact = Decimal(text)
    except InvalidOperation:  # an exponent no machine can hold
        return value
    return value if Decimal(repr(value)) == exact else exact
