"""Samples of scalars within their format and their limits (JSON Schema 2020-12, 6.2 and 6.3)."""

from __future__ import annotations

import base64
import math
import random
from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from bindwright.ir.model import Constraints, Scalar, Use
from bindwright.runtime.values import format_tests
from bindwright.runtime.values.patterns import searcher
from bindwright.serve.answers import sample_patterns as patterns
from bindwright.serve.validation import formats

_SPAN = 100
"""Where only one end is given, the other is so far away."""
_LONGEST = 10_000
_ATTEMPTS = 8


def sample(type_: Scalar, use: Use, rng: random.Random, more: Sequence[Constraints] = ()) -> Any:
    """A value of a scalar type: str, int, float, bool, None or bytes; `more` are limits beside its own."""
    limits = [limit for limit in (type_.constraints, use.constraints, *more) if limit is not None]
    name = use.format or type_.format
    if type_.base == "integer":
        return int(_number(limits, rng, formats.bounds(name), Decimal(1)))
    if type_.base == "number":
        return float(_number(limits, rng, None, None))
    if type_.base == "boolean":
        return rng.random() < 0.5
    if type_.base in ("null", "never"):
        return None
    if type_.content_encoding in ("base64", "base64url") and name not in ("byte", "base64"):
        text = _base64(*_lengths(limits), rng)
    else:
        text = _text(name, limits, rng) if type_.base != "binary" else formats.word(rng)
    return text.encode() if type_.base == "binary" else text


def _lengths(limits: list[Constraints]) -> tuple[int, int | None]:
    """The least and the greatest length of a text."""
    minimum = max([limit.min_length or 0 for limit in limits], default=0)
    return minimum, min([limit.max_length for limit in limits if limit.max_length is not None], default=None)


def _base64(minimum: int, maximum: int | None, rng: random.Random) -> str:
    """A text in base64: its length is that of the encoded text, four characters for three octets."""
    octets = formats.word(rng).encode()
    octets *= -(-min(minimum, _LONGEST) // len(octets)) or 1
    most = len(octets) if maximum is None else maximum // 4 * 3
    least = -(-min(minimum, _LONGEST) // 4) * 3
    return base64.b64encode(octets[: max(least, min(most, 12))]).decode()


def _text(name: str | None, limits: list[Constraints], rng: random.Random) -> str:
    """A text of a format, of patterns, of a length; in a contradiction the format wins, as decoders need it."""
    minimum, maximum = _lengths(limits)
    expressions = [limit.pattern for limit in limits if limit.pattern]
    first: str | None = None
    for text in _candidates(name, expressions, rng, min(minimum, _LONGEST), maximum):
        fits = minimum <= len(text) and (maximum is None or len(text) <= maximum)
        if fits and format_tests.fits(name or "", text) and all(map(_matches(text), expressions)):
            return text
        first = text if first is None else first
    if first is not None:
        return first
    return _sized(formats.word(rng), minimum, maximum)


def _candidates(
    name: str | None, expressions: list[str], rng: random.Random, minimum: int, maximum: int | None
) -> Iterator[str]:
    """Texts to try, those of the format first."""
    for _ in range(1 + 2 * bool(expressions)):
        text = formats.sample(name, rng)
        if text is not None:
            yield formats.lengthened(name, text, minimum)
            yield from formats.spellings(name, text) if expressions else ()
    shortest = formats.shortest(name)
    if shortest is not None:
        yield formats.lengthened(name, shortest, minimum)
    for expression in expressions:
        for _ in range(1 if len(expressions) == 1 else _ATTEMPTS):
            text = patterns.sample(expression, rng, minimum, maximum)
            if text is not None:
                yield text
                yield from formats.prefixed(name, text)
    if not expressions:
        yield _sized(formats.word(rng), minimum, maximum)


def _matches(text: str) -> Callable[[str], bool]:
    def matches(expression: str) -> bool:
        search = searcher(expression)
        return search is None or search(text)

    return matches


def _sized(text: str, minimum: int, maximum: int | None) -> str:
    text *= min(minimum, _LONGEST) // len(text) + 1
    keep = max(minimum, min(len(text), 12)) if maximum is None else min(maximum, max(minimum, len(text)))
    return text[: min(keep, _LONGEST)] if maximum is not None or minimum else text


def _number(
    limits: list[Constraints], rng: random.Random, bounds: tuple[int, int] | None, least_step: Decimal | None
) -> Decimal:
    """A number between the limits, on the grid of every ``multipleOf`` (of integers, whatever else is said)."""
    minimum, high = _ends(limits, bounds)
    steps = [Decimal(str(limit.multiple_of)) for limit in limits if limit.multiple_of]
    steps += [least_step] if least_step else []
    step = _common_multiple(steps) if steps else min(Decimal("0.5"), (high - minimum) / 4 or Decimal("0.5"))
    first, last = (
        (minimum / step).to_integral_value(ROUND_CEILING),
        (high / step).to_integral_value(ROUND_FLOOR),
    )
    first += any(_same(step * first, limit.exclusive_minimum) for limit in limits)
    last -= any(_same(step * last, limit.exclusive_maximum) for limit in limits)
    return step * (first + rng.randrange(int(last - first) + 1)) if first <= last else minimum


def _common_multiple(steps: list[Decimal]) -> Decimal:
    """The least number that is a multiple of all steps."""
    scale = 10 ** max(max(-int(step.as_tuple().exponent), 0) for step in steps)
    multiple: Decimal = Decimal(math.lcm(*(int(step * scale) for step in steps))) / scale
    return multiple


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
