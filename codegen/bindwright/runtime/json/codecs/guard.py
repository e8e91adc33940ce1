"""Speculation that stops where it does not pay."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bindwright.runtime.compile.backoff import Backoff
from bindwright.runtime.value_types import PythonValue

Reader = Callable[[bytes], Any]


class Guard(Backoff):
    """Reads the general way what the fast way could not read, with the same result."""

    __slots__ = ("attempt", "general")

    def __init__(self, general: Reader) -> None:
        super().__init__()
        self.general = general
        self.attempt: Reader = general
        """The fast way: asks `carefully` while `wary`, and hands what it cannot read to `give_up`."""

    def carefully(self, data: bytes) -> PythonValue:
        """The value of a document after failures: an attempt where one is due."""
        if not self.allows():
            return self.general(data)
        # The attempt itself may fail and count; only one that did not resets the interval.
        failures = self.failures
        value = self.attempt(data)
        if failures == self.failures:
            self.succeeded()
        return value

    def give_up(self, data: bytes) -> PythonValue:
        """The general way, after an attempt has met anything unforeseen."""
        self.failed()
        return self.general(data)
