"""When a call is tried again, and after how long: sans-I/O."""

from __future__ import annotations

import datetime as dt
import random
import threading
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from bindwright.runtime.http.model.errors import ConnectionFailed, ConnectTimeout, HttpError, TlsError
from bindwright.runtime.http.model.forking import apart
from bindwright.runtime.http.model.options import Retries


class Budget:
    """Retries that a client affords: a bucket that every call fills a little and every retry empties by one.

    It keeps a client from multiplying the load of a server that fails for everybody.
    """

    __slots__ = ("__weakref__", "_lock", "_size", "_tokens")

    def __init__(self, start: float = 10.0, size: float = 500.0) -> None:
        self._tokens, self._size = start, size
        self.forked()
        apart(self)

    def forked(self) -> None:
        """In a child process nobody would free a lock that another thread held."""
        self._lock = threading.Lock()

    def deposit(self, amount: float) -> None:
        """A call was made."""
        if self._tokens < self._size:
            with self._lock:
                self._tokens = min(self._size, self._tokens + amount)

    def take(self) -> bool:
        """Whether there is a retry left; it is taken."""
        with self._lock:
            if self._tokens < 1:
                return False
            self._tokens -= 1
            return True


class Attempts:
    """The attempts of one call."""

    __slots__ = ("_allowed", "_budget", "_retries", "retry_count")

    def __init__(self, retries: Retries, budget: Budget, *, allowed: bool) -> None:
        self._retries, self._budget, self._allowed = retries, budget, allowed
        self.retry_count = 0
        """Retries so far."""

    def after_error(self, error: HttpError, remaining: float | None) -> float | None:
        """Seconds to wait before the next attempt; None: there is none."""
        if isinstance(error, TlsError) or not isinstance(error, (ConnectionFailed, ConnectTimeout)):
            return None
        return self._next(None, remaining)

    def after_status(self, status: int, headers: Mapping[str, str], remaining: float | None) -> float | None:
        """As `after_error`, for an answer."""
        if status not in self._retries.statuses:
            return None
        pause = retry_after(headers.get("retry-after"))
        if pause is not None and pause > self._retries.max_retry_after:
            return None
        return self._next(pause, remaining)

    def _next(self, pause: float | None, remaining: float | None) -> float | None:
        retries = self._retries
        if not self._allowed or self.retry_count >= retries.limit:
            return None
        delay = pause
        if delay is None:
            ceiling = min(retries.max_delay, retries.delay * 2**self.retry_count)
            delay = random.uniform(0, ceiling)
        if remaining is not None and delay >= remaining:
            return None
        if retries.budget is not None and not self._budget.take():
            return None
        self.retry_count += 1
        return delay


def retry_after(value: str | None) -> float | None:
    """Seconds that ``Retry-After`` asks for, in either form (RFC 9110, 10.2.3); None: nothing readable."""
    if value is None:
        return None
    value = value.strip()
    if value.replace(".", "", 1).isascii() and value.replace(".", "", 1).isdigit():
        return float(value)
    try:
        date = parsedate_to_datetime(value)
        if date.tzinfo is None:  # the obsolete forms of RFC 9110, 5.6.7, name no zone and mean UTC, too
            date = date.replace(tzinfo=dt.UTC)
        return max(0.0, date.timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None
