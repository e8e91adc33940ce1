"""Samples of scalars within their format and their limits (JSON Schema 2020-12, 6.2 and 6.3)."""

from __future__ import annotations

import base64
import random
import re
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from bindwright.ir.model import Constraints, Scalar, Use
from bindwright.serve.answers import sample_patterns as patterns
from bindwright.serve.validation import formats

_SPAN = 100
"""Where only one end is given, the other is so far away."""
_LONGEST = 10_000


def sample(type_: Scalar, use: Use, rng: random.Random) -> Any:
    """A value of a scalar type: str, int, float, bool, None or bytes."""
    limits = [limit for limit in (type_.constraints, use.constraints) if limit is not None]
    name = use.format or type_.format
    if type_.base == "integer":
        return int(_number(limits, rng, formats.bounds(name), Decimal(1)))
    if type_.base == "number":
        return float(_number(limits, rng, None, None))
    if type_.base == "boolean":
        return rng.random() < 0.5
    if type_.base in ("null", "never"):
        return None
    text = _text(name, limits, rng) if type_.base != "binary" else formats.word(rng)
    if type_.content_encoding in ("base64", "base64url") and name not in ("byte", "base64"):
        text = base64.b64encode(text.encode()).decode()
    return text.encode() if type_.base == "binary" else text


def _text(name: str | None, limits: list[Constraints], rng: random.Random) -> str:
    """A text of a format, a pattern, a length; in a contradiction the format wins, as decoders need it."""
    minimum = max([limit.min_length or 0 for limit in limits], default=0)
    high = min([limit.max_length for limit in limits if limit.max_length is not None], default=None)
    expressions = [limit.pattern for limit in limits if limit.pattern]
    text = formats.sample(name, rng)
    if (
        text is not None
        and minimum <= len(text)
        and (high is None or len(text) <= high)
        and _match(expressions, text)
    ):
        return text
    for pattern in expressions:
        candidate = patterns.sample(pattern, rng, min(minimum, _LONGEST), high)
        if candidate is not None and formats.fits(name or "", candidate):
            return candidate
    return text if text is not None and expressions else _sized(text or formats.word(rng), minimum, high)


def _match(expressions: list[str], text: str) -> bool:
    try:
        return all(re.search(pattern, text) for pattern in expressions)
    except re.error:
        return True


def _sized(text: str, minimum: int, high: int | None) -> str:
    while len(text) < min(minimum, _LONGEST):
        text += text or "x"
    keep = max(minimum, min(len(text), 12)) if high is None else min(high, max(minimum, len(text)))
    return text[: min(keep, _LONGEST)] if high is not None or minimum else text


def _number(
    limits: list[Constraints], rng: random.Random, bounds: tuple[int, int] | None, least_step: Decimal | None
) -> Decimal:
    """A number between the limits, on the grid of ``multipleOf`` (of integers, whatever else is said)."""
    minimum, high = _ends(limits, bounds)
    steps = [Decimal(str(limit.multiple_of)) for limit in limits if limit.multiple_of]
    steps += [least_step] if least_step else []
    step = max(steps) if steps else min(Decimal("0.5"), (high - minimum) / 4 or Decimal("0.5"))
    first, last = (
        (minimum / step).to_integral_value(ROUND_CEILING),
        (high / step).to_integral_value(ROUND_FLOOR),
    )
    first += any(_same(step * first, limit.exclusive_minimum) for limit in limits)
    last -= any(_same(step * last, limit.exclusive_maximum) for limit in limits)
    return step * (first + rng.randrange(int(last - first) + 1)) if first <= last else minimum


def _ends(limits: list[Constraints], bounds: tuple[int, int] | None) -> tuple[Decimal, Decimal]:
    """The closed range to draw from; an end that nobody gave lies `_SPAN` away from the other."""
    lows = [Decimal(str(v)) for f in limits for v in (f.minimum, f.exclusive_minimum) if v is not None]
    highs = [Decimal(str(v)) for f in limits for v in (f.maximum, f.exclusive_maximum) if v is not None]
    span = _SPAN * max([Decimal(1), *(Decimal(str(f.multiple_of)) for f in limits if f.multiple_of)])
    high = min(highs) if highs else max([Decimal(1), *lows]) + span
    minimum = max(lows) if lows else min(Decimal(1), high - span)
    if bounds is not None:
        minimum, high = max(minimum, Decimal(bounds[0])), min(high, Decimal(bounds[1]))
    return minimum, high


def _same(number: Decimal, limit: int | float | str | None) -> bool:
    return limit is not None and number == Decimal(str(limit))
