"""Numbers whose text a ``float`` cannot give back, and the texts that numbers are written as."""

from __future__ import annotations

import decimal
import math
from collections.abc import Callable

from msgspec import Raw

from bindwright.runtime.compile.accelerator import json_values
from bindwright.runtime.value_types import PythonValue
from bindwright.runtime.values.numbers import double_text, single_text
from bindwright.runtime.values.scalar_texts import MOST_PLACES

_get_text = float.__repr__


class NumberText(float):
    """A number of an untyped place whose digits (``1.50``, ``1E+07``) are kept."""

    __slots__ = ("text",)
    text: str

    def __reduce__(self) -> tuple[PythonValue, ...]:
        return untyped_number, (self.text,)


def untyped_number(text: str) -> float:
    """A number with a fraction or exponent: a ``float`` where that gives the text back, else `NumberText`."""
    value = float(text)
    if _get_text(value) == text:
        return value
    # 1.50 is 1.5 in Python; what writes it again must say 1.50.
    kept = NumberText(value)
    kept.text = text
    return kept


def _quick_reader() -> Callable[[str], float]:
    values = json_values()
    if values is None:
        return untyped_number
    values.keep_digits(untyped_number)
    reader: Callable[[str], float] = values.untyped_number
    return reader


read_untyped = _quick_reader()
"""The same; numbers of few digits by the accelerator, where there is one."""


def text_of(value: float) -> str:
    """The text an untyped number came with."""
    return value.text if isinstance(value, NumberText) else _get_text(value)


def decimal_json(value: decimal.Decimal) -> str:
    """A decimal as a JSON number, scale and all, and without an exponent, as XML has it: ``1E+2`` is ``100``.

    Raises:
        ValueError: NaN or infinity, or more places than are read.
    """
    if not value.is_finite():
        raise ValueError("JSON has no NaN and no infinity")
    text = str(value)
    if "E" not in text:
        return text
    if value.adjusted() > MOST_PLACES or -int(value.as_tuple().exponent) > MOST_PLACES:
        raise ValueError(f"a decimal number has at most {MOST_PLACES} places")
    return f"{value:f}"


def dotnet_decimal(value: decimal.Decimal) -> str:
    """Newtonsoft's: no exponent, and always a point (RULES of the profile, 7.1).

    Raises:
        ValueError: NaN or infinity.
    """
    if not value.is_finite():
        raise ValueError("a decimal is never NaN or infinite")
    text = f"{value:f}"
    if value == 0:
        text = text.lstrip("-")
    return text if "." in text else text + ".0"


def dotnet_float(value: float, *, single: bool) -> Raw | str:
    """Newtonsoft's form of a double or float: "R" digits with a point or exponent; NaN is a string."""
    if not math.isfinite(value):
        return _special(value)
    if value == 0:
        return _ZERO
    text = single_text(value) if single else double_text(value)
    if text in ("INF", "-INF"):
        return _special(math.copysign(math.inf, value))
    return Raw((text if "." in text or "E" in text else text + ".0").encode())


_ZERO = Raw(b"0.0")


def _special(value: float) -> str:
    return "NaN" if value != value else ("Infinity" if value > 0 else "-Infinity")


SPECIAL = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
