"""Which of two ways reads documents that are in a layout in less time: its expression, or the accelerator."""

from __future__ import annotations

_FIRST = 8
"""Documents in a layout before the two are compared for the first time."""
_ROUNDS = 3
"""Documents that each comparison takes, which both ways read."""
_LONGEST = 1 << 14
"""Documents between two comparisons at most."""
_LEAD = 0.9
"""How much of the expression's time the accelerator may take to be the one from then on: what is close stays as it is."""


class Contest:
    """Counts documents, and says when both ways are to be timed and which is the one until then.

    Comparisons become rarer: each of three documents is read twice, and the next one comes after four times as many.
    """

    __slots__ = ("_accelerator", "_expression", "_interval", "_rounds", "is_accelerator", "left")

    def __init__(self) -> None:
        self.is_accelerator = False
        """Whether the accelerator was faster when they were compared last."""
        self.left = self._interval = _FIRST
        """Documents until the two are compared."""
        self._rounds = 0
        self._accelerator = self._expression = 0.0

    def compare(self, expression: float, accelerator: float) -> None:
        """Note the seconds that both have taken for one document."""
        self._expression += expression
        self._accelerator += accelerator
        self._rounds += 1
        if self._rounds < _ROUNDS:
            self.left = 1
            return
        self.is_accelerator = self._accelerator < _LEAD * self._expression
        self.postpone()

    def postpone(self) -> None:
        """The accelerator did not read a document, or the two have been compared: the next comparison comes later."""
        self._interval = min(4 * self._interval, _LONGEST)
        self.left = self._interval
        self._rounds = 0
        self._accelerator = self._expression = 0.0

    def withdraw(self) -> None:
        """The accelerator, which was the faster one, has not read a document: it is not asked until the next comparison."""
        self.is_accelerator = False
        self.postpone()
