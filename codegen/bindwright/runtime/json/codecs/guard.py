"""Speculation that stops where it does not pay."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Reader = Callable[[bytes], Any]
_MOST_SKIPPED = 63


class Guard:
    """Reads the long way what an attempt could not read, with the same result.

    Where that happens often, only every so many documents are tried.
    """

    __slots__ = ("_failures", "_left", "_skip", "_slowly", "attempt", "wary")

    def __init__(self, slowly: Reader) -> None:
        self.attempt: Reader = slowly
        """Asks `carefully` while `wary`, and gives what it cannot read to `failed`."""
        self.wary = False
        self._slowly = slowly
        self._failures = self._skip = self._left = 0

    def carefully(self, data: bytes) -> Any:
        """After failures: one try, as soon as enough documents have been read the long way."""
        if self._left > 0:
            self._left -= 1
            return self._slowly(data)
        self.wary = False
        failures = self._failures
        value = self.attempt(data)
        if failures == self._failures:
            self._skip = 0
        return value

    def failed(self, data: bytes) -> Any:
        """The long way, after an attempt has met anything unforeseen."""
        self._failures += 1
        self._skip = self._left = min(2 * self._skip + 1, _MOST_SKIPPED)
        self.wary = True
        return self._slowly(data)
