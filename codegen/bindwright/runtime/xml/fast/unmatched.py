"""Documents in a row that were in no layout that was learnt, and when layouts are tried again after them."""

from __future__ import annotations

from math import isqrt

_PATIENCE = 16
"""Documents that are at most passed over before another attempt."""

_SMALL_SHARE = 0.1
"""What an attempt costs of what it may save, as long as that has not been measured: that of a small document."""

_IN_VAIN = 0.4
"""How much an attempt in vain counts, for layouts are what most documents are in: who reads many in none and then many in one
again is to notice the first soon."""


def following_attempt(missed: int, share: float = _SMALL_SHARE) -> int:
    """Which document in a row that no layout has fitted is the next to be tried, after an attempt in vain.

    The longer it has been so, the longer it may stay so. With pauses of k√n, the attempts among n documents cost 2√n/k of
    them, and those that fit again and are passed over k√n of what each would have saved: both are the same for
    k = √(2 · share).

    Args:
        missed: documents in a row.
        share: what an attempt costs of what it may save.
    """
    return missed + min(max(isqrt(int(2 * share * missed)), 1), _PATIENCE)


class UnmatchedDocuments:
    """How many there are in a row, and which of those to come is the next to be tried."""

    __slots__ = ("_next_attempt", "_share", "count")

    def __init__(self) -> None:
        self.count = 0
        self._next_attempt = 0
        self._share = _SMALL_SHARE

    def clear(self) -> None:
        """A document was in a layout, or none that is read without."""
        self.count = self._next_attempt = 0

    @property
    def is_attempt_due(self) -> bool:
        """Whether layouts are to be tried with the document that was counted last."""
        return self.count >= self._next_attempt

    def tried_in_vain(self) -> None:
        """No layout fitted the document that was counted last."""
        self._next_attempt = following_attempt(self.count, self._share)

    def weigh(self, attempt: float, reading: float) -> None:
        """Note what an attempt in vain, and the reading of the same document without layouts, took in seconds."""
        # A clock that did not move tells nothing.
        if reading > 0:
            self._share = _IN_VAIN * attempt / reading
            self.tried_in_vain()
