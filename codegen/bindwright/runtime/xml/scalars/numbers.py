"""Numbers as text in XML: XML Schema's integer, double and decimal."""

from __future__ import annotations

import decimal
import math
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from bindwright.runtime.compile.accelerator import xml_documents

_C = xml_documents()
_quick = None if _C is None else _C.decimal
BLANK = " \t\r\n"


SMALL = {str(number): number for number in range(1000)}
"""Small integers by their text: most of those on the wire, in half the time of ``int``."""
_INT = re.compile(r"[+-]?[0-9]++").fullmatch


def read_int(text: str) -> int:
    """``xs:integer``, of any size that Python reads in linear time."""
    if text.isdecimal() and len(text) < 4300 and text.isascii():
        return int(text)
    text = text.strip(BLANK)
    if _INT(text) is None or len(text) > 4300:
        raise ValueError(text)
    return int(text)


@cache
def small_between(minimum: int, high: int) -> Mapping[str, int]:
    """Small integers by their text, as far as they are in a range."""
    if minimum <= 0 and high > max(SMALL.values()):
        return SMALL
    return {text: value for text, value in SMALL.items() if minimum <= value <= high}


@cache
def ranged(minimum: int, high: int) -> Callable[[str], int]:
    """`read_int` of a range."""
    safe = len(str(high)) - 1

    def read(text: str) -> int:
        if text.isdecimal() and len(text) <= safe and text.isascii():
            return int(text)
        value = read_int(text)
        if not minimum <= value <= high:
            raise ValueError(text)
        return value

    return read


_FLOAT = re.compile(r"[+-]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][+-]?[0-9]++)?").fullmatch


_DECIMAL = re.compile(r"[+-]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)").fullmatch


_SPECIAL = {
    "NaN": math.nan, "INF": math.inf, "+INF": math.inf, "-INF": -math.inf, "Infinity": math.inf, "-Infinity": -math.inf,
}  # fmt: skip


_WHOLE = re.compile(r"[+-]?[0-9]{16,}+").fullmatch
"""Whole numbers that a double may not hold."""
_LONGEST = 4300
"""Digits that Python makes an integer of."""


def read_number(text: str) -> float:
    """A number: a double; a whole number that a double does not hold stays an `int`, as in JSON, for its digits.

    Raises:
        ValueError: as `read_float`.
    """
    if len(text) < 16:
        return read_float(text)
    whole = text.strip(BLANK)
    if _WHOLE(whole) is not None and len(whole) < _LONGEST:
        value = int(whole)
        if abs(value) >> 1024 or int(float(value)) != value:
            return value
    return read_float(text)


def read_float(text: str) -> float:
    """``xs:double`` and .NET's ``Infinity`` (RULES of the profile, 14); never infinity for digits.

    Raises:
        ValueError: no number, or one beyond the range of a double.
    """
    text = text.strip(BLANK)
    if _FLOAT(text) is None:
        if text in _SPECIAL:
            return _SPECIAL[text]
        raise ValueError(text)
    value = float(text)
    if value - value != 0:
        raise ValueError(text)
    return value


def read_decimal(text: str) -> decimal.Decimal:
    """``xs:decimal``: no exponent, every digit kept."""
    if _quick is not None:
        value: decimal.Decimal | None = _quick(text)
        if value is not None:
            return value
    text = text.strip(BLANK)
    if _DECIMAL(text) is None:
        raise ValueError(text)
    return decimal.Decimal(text)


def decimal_text(value: Any) -> str:
    """``xs:decimal`` with the value's scale."""
    if isinstance(value, bool) or not isinstance(value, (decimal.Decimal, int)):
        raise TypeError(f"{type(value).__name__} where Decimal belongs")
    if isinstance(value, int):
        return int.__repr__(value)
    if not value.is_finite():
        raise ValueError("xs:decimal has no infinity and no NaN")
    return f"{value:f}"


_NET_DECIMAL = (1 << 96) - 1


def net_decimal_text(value: Any) -> str:
    """The same, in the 96 bits of .NET's decimal: digits after the point that do not fit are dropped if zero.

    .NET itself rounds what does not fit; here a digit that counts is kept.
    """
    text = decimal_text(value)
    while "." in text and text[-1] in "0." and int(text.replace(".", "").lstrip("-")) > _NET_DECIMAL:
        text = text[:-1].removesuffix(".")
    return text
