"""Numbers without lost digits: ``float`` where it says the same as the text, else ``int`` or ``Decimal``.

Their spelling is kept, since the zeros of a decimal's default are part of it: ``1.50`` of a price.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

DIGITS = 4300
"""Longest integer that is read: Python's own bound against quadratic conversions."""


class SpelledFloat(float):
    """A float whose text is not what Python would write: ``1.50``, ``1e3``. It is a float in every other way."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> SpelledFloat:
        """The float that `text` says."""
        value = super().__new__(cls, text)
        value.text = text
        return value

    def __getnewargs__(self) -> tuple[str]:  # type: ignore[override]
        return (self.text,)


def real(text: str) -> float | Decimal:
    """The value of a JSON or YAML real number.

    A float has 15 safe decimal digits; a longer text, or one beyond a float's range, is compared exactly.
    """
    value = float(text)
    if repr(value) != text:
        value = SpelledFloat(text)
    if len(text) <= 15 and "e" not in text and "E" not in text:
        return value
    from decimal import Decimal, InvalidOperation

    try:
        exact = Decimal(text)
    except InvalidOperation:  # an exponent no machine can hold
        return value
    return value if Decimal(float.__repr__(value)) == exact else exact
