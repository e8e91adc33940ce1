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


def sample(kind: Scalar, use: Use, rng: random.Random) -> Any:
    """A value of a scalar type: str, int, float, bool, None or bytes."""
    limits = [found for found in (kind.constraints, use.constraints) if found is not None]
    name = use.format or kind.format
    if kind.base == "integer":
        return int(_number(limits, rng, formats.bounds(name), Decimal(1)))
    if kind.base == "number":
        return float(_number(limits, rng, None, None))
    if kind.base == "boolean":
        return rng.random() < 0.5
    if kind.base in ("null", "never"):
        return None
    text = _text(name, limits, rng) if kind.base != "binary" else formats.word(rng)
    if kind.content_encoding in ("base64", "base64url") and name not in ("byte", "base64"):
        text = base64.b64encode(text.encode()).decode()
    return text.encode() if kind.base == "binary" else text


def _text(name: str | None, limits: list[Constraints], rng: random.Random) -> str:
    """A text of a format, a pattern, a length; in a contradiction the format wins, as decoders need it."""
    low = max([found.min_length or 0 for found in limits], default=0)
    high = min([found.max_length for found in limits if found.max_length is not None], default=None)
    wanted = [found.pattern for found in limits if found.pattern]
    text = formats.sample(name, rng)
    if text is not None and low <= len(text) and (high is None or len(text) <= high) and _match(wanted, text):
        return text
    for pattern in wanted:
        made = patterns.sample(pattern, rng, min(low, _LONGEST), high)
        if made is not None and formats.fits(name or "", made):
            return made
    return text if text is not None and wanted else _sized(text or formats.word(rng), low, high)


def _match(wanted: list[str], text: str) -> bool:
    try:
        return all(re.search(pattern, text) for pattern in wanted)
    except re.error:
        return True


def _sized(text: str, low: int, high: int | None) -> str:
    while len(text) < min(low, _LONGEST):
        text += text or "x"
    keep = max(low, min(len(text), 12)) if high is None else min(high, max(low, len(text)))
    return text[: min(keep, _LONGEST)] if high is not None or low else text


def _number(
    limits: list[Constraints], rng: random.Random, bounds: tuple[int, int] | None, least_step: Decimal | None
) -> Decimal:
    """A number between the limits, on the grid of ``multipleOf`` (of integers, whatever else is said)."""
    low, high = _ends(limits, bounds)
    steps = [Decimal(str(found.multiple_of)) for found in limits if found.multiple_of]
    steps += [least_step] if least_step else []
    step = max(steps) if steps else min(Decimal("0.5"), (high - low) / 4 or Decimal("0.5"))
    first, last = (low / step).to_integral_value(ROUND_CEILING), (high / step).to_integral_value(ROUND_FLOOR)
    first += any(_same(step * first, found.exclusive_minimum) for found in limits)
    last -= any(_same(step * last, found.exclusive_maximum) for found in limits)
    return step * (first + rng.randrange(int(last - first) + 1)) if first <= last else low


def _ends(limits: list[Constraints], bounds: tuple[int, int] | None) -> tuple[Decimal, Decimal]:
    """The closed range to draw from; an end that nobody gave lies `_SPAN` away from the other."""
    lows = [Decimal(str(v)) for f in limits for v in (f.minimum, f.exclusive_minimum) if v is not None]
    highs = [Decimal(str(v)) for f in limits for v in (f.maximum, f.exclusive_maximum) if v is not None]
    span = _SPAN * max([Decimal(1), *(Decimal(str(f.multiple_of)) for f in limits if f.multiple_of)])
    high = min(highs) if highs else max([Decimal(1), *lows]) + span
    low = max(lows) if lows else min(Decimal(1), high - span)
    if bounds is not None:
        low, high = max(low, Decimal(bounds[0])), min(high, Decimal(bounds[1]))
    return low, high


def _same(number: Decimal, limit: int | float | str | None) -> bool:
    return limit is not None and number == Decimal(str(limit))
