"""Numbers as text: XML Schema's double, and .NET's own digits, which JSON has in profile datacontract, too."""

from __future__ import annotations

import decimal
import math
import struct
from collections.abc import Callable
from typing import Any

from bindwright.runtime.values.quick_texts import digits_of


def float_text(value: Any) -> str:
    """``xs:double``: the shortest digits that read back, INF, -INF, NaN."""
    if value.__class__ is float and (text := digits_of(value))[-1] not in "fn":  # neither inf nor nan
        return text[:-2] if text[-2:] == ".0" else text
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise TypeError(f"{type(value).__name__} where float belongs")
    if isinstance(value, int):
        return int.__repr__(value)
    if math.isfinite(value):
        text = float.__repr__(value)
        return text[:-2] if text.endswith(".0") else text
    return "NaN" if value != value else ("INF" if value > 0 else "-INF")


def double_text(value: Any) -> str:
    """.NET's "R" format of a double."""
    return _r_format(value, 15, 17, float)


def single_text(value: Any) -> str:
    """.NET's "R" format of a float."""
    return _r_format(value, 7, 9, _single)


def _single(text: str | float) -> float:
    try:
        return float(struct.unpack("f", struct.pack("f", float(text)))[0])
    except OverflowError:
        return math.copysign(math.inf, float(text))


def _r_format(value: Any, few: int, many: int, back: Callable[[Any], float]) -> str:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise TypeError(f"{type(value).__name__} where float belongs")
    value = float(value)
    if not math.isfinite(value) or value == 0:
        return "-0" if value == 0 and math.copysign(1, value) < 0 else float_text(value)
    narrow = back(value)
    if not math.isfinite(narrow):
        return float_text(narrow)
    count = few if back(_rounded(narrow, few)) == narrow else many
    sign, digits, exponent = decimal.Decimal(_rounded(narrow, count)).as_tuple()
    significant = "".join(map(str, digits)).rstrip("0") or "0"
    power = len(digits) + int(exponent) - 1
    return ("-" if sign else "") + _placed(significant, power, count)


def _rounded(value: float, count: int) -> str:
    context = decimal.Context(prec=count, rounding=decimal.ROUND_HALF_UP)
    return str(context.create_decimal_from_float(value))


def _placed(digits: str, power: int, count: int) -> str:
    if power + 1 > count or power + 1 < -3:
        mantissa = digits[0] + ("." + digits[1:] if len(digits) > 1 else "")
        return f"{mantissa}E{'+' if power >= 0 else '-'}{abs(power):02d}"
    if power < 0:
        return "0." + "0" * (-power - 1) + digits
    integral, fraction = digits[: power + 1].ljust(power + 1, "0"), digits[power + 1 :]
    return integral + ("." + fraction if fraction else "")
