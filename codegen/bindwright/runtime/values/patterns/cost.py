"""How long a backtracking matcher can take for a pattern, from the pattern alone."""

from __future__ import annotations

from re import _constants  # type: ignore[attr-defined]
from typing import Any

from attrs import frozen

from bindwright.runtime.values.patterns.syntax import REPEATS, children

_LONG = 64
"""A repeat that may be longer than this counts as one without end."""
_MOST = 1_000_000


@frozen
class Cost:
    """At most ``factor * length ** degree`` steps from one start; without bound where it is exponential."""

    degree: int = 0
    factor: int = 1
    exponential: bool = False
    anchored: bool = False
    """Whether it can only match at the beginning of the text: then there is one start, else one a character."""

    @property
    def is_linear(self) -> bool:
        """Whether the time is linear in the text for every text."""
        starts = 0 if self.anchored else 1
        return not self.exponential and self.degree + starts <= 1 and self.factor <= 1_000

    def steps(self, length: int) -> int:
        """The most steps for a text of this length; the least number that is too much where that is unknown."""
        if self.exponential:
            return 1 << min(length, 40)
        return int(min(self.factor * (length + 1) ** (self.degree + (not self.anchored)), 1 << 40))


def cost_of(tree: Any) -> Cost:
    """The cost of a whole pattern."""
    cost = _sequence(tree)
    first = next(iter(tree), (None, None))
    anchored = first[0] is _constants.AT and first[1] in (
        _constants.AT_BEGINNING,
        _constants.AT_BEGINNING_STRING,
    )
    return Cost(cost.degree, cost.factor, cost.exponential, anchored)


def _sequence(tree: Any) -> Cost:
    """One part after another: each way through the first may be followed by each way through the second."""
    degree, factor, exponential = 0, 1, False
    for operator, argument in tree:
        part = _part(operator, argument)
        degree += part.degree
        factor = min(factor * part.factor, _MOST)
        exponential |= part.exponential
    return Cost(degree, factor, exponential or factor >= _MOST)


def _part(operator: Any, argument: Any) -> Cost:
    if operator in REPEATS:
        return _repeat(*argument)
    parts = [_sequence(sequence) for sequence in children(operator, argument)]
    if not parts:
        return Cost()
    factor = min(sum(part.factor for part in parts), _MOST)
    return Cost(max(part.degree for part in parts), factor, any(part.exponential for part in parts))


def _repeat(low: int, high: int, content: Any) -> Cost:
    part = _sequence(content)
    if high > _LONG:
        # A repeat of what can itself match in several ways is the classic (a+)+: exponential.
        return Cost(1, 1, part.exponential or part.degree > 0 or part.factor > 1)
    degree, factor = part.degree * high, part.factor**high * (high - low + 1)
    return Cost(degree, min(factor, _MOST), part.exponential or degree > 4 or factor >= _MOST)
