"""When a fast way is tried that does not fit every document: less and less often while it fails."""

from __future__ import annotations


class Backoff:
    """Counters of one fast way. After each failure in a row twice as many documents go the general way.

    Without it a stream of documents that never fit would pay for the attempt each time; with it at most one
    document in ``limit`` does, and the fast way comes back soon where documents begin to fit again.
    """

    __slots__ = ("failures", "interval", "limit", "remaining", "wary")

    def __init__(self, limit: int = 63) -> None:
        self.limit = limit
        """Documents that are passed over at most."""
        self.wary = False
        """Whether `allows` is to be asked before an attempt; False where no failure is near (the fast case)."""
        self.failures = 0
        """Attempts that failed, ever."""
        self.interval = 0
        """Documents that are passed over after the last failure."""
        self.remaining = 0
        """Of them, those that are to come."""

    def allows(self) -> bool:
        """Whether this document is tried; counts it."""
        if self.remaining > 0:
            self.remaining -= 1
            return False
        self.wary = False
        return True

    def succeeded(self) -> None:
        """An attempt after failures has read its document."""
        self.interval = 0

    def failed(self) -> None:
        """An attempt has not."""
        self.failures += 1
        self.interval = self.remaining = min(2 * self.interval + 1, self.limit)
        self.wary = True
