"""Progress of one run: which stage it is in, shown only on a terminal and only when it takes long."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from threading import Timer

PATIENCE = 0.5
"""Seconds before anything is shown."""


class Progress:
    """Stages and their times. Without a terminal it only keeps the times."""

    def __init__(self, enabled: bool | None = None) -> None:
        self.times: dict[str, float] = {}
        """Seconds a stage took, in order."""
        self._stage = ""
        self._since = time.perf_counter()
        self._status: Any = None
        self._timer: Timer | None = None
        self._lock: AbstractContextManager[Any] = nullcontext()
        self._started = time.perf_counter()
        self._others = 1
        self._enabled = sys.stderr.isatty() if enabled is None else enabled
        if self._enabled:
            import threading

            self._lock, self._others = threading.Lock(), threading.active_count()
        self._wait()

    def stage(self, name: str) -> None:
        """Enter a stage; the one before has ended."""
        now = time.perf_counter()
        if self._stage:
            self.times[self._stage] = self.times.get(self._stage, 0.0) + now - self._since
        self._stage, self._since = name, now
        with self._lock:
            if self._status is not None and name:
                self._status.update(f"{name} ...")

    @contextmanager
    def without_threads(self) -> Iterator[None]:
        """No thread runs in the block, so that the process may be forked; what is shown stands still."""
        with self._lock:
            timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()
            timer.join()
        status = self._status
        if status is not None:
            status.stop()
            sys.stderr.write(f"{self._stage} ...")
            sys.stderr.flush()
            import threading

            until = time.perf_counter() + 0.2
            while threading.active_count() > self._others and time.perf_counter() < until:
                time.sleep(0.001)  # rich only tells its thread to end
        try:
            yield
        finally:
            if status is not None:
                sys.stderr.write("\r\x1b[K")
                sys.stderr.flush()
                status.start()
            else:
                self._wait()

    def _wait(self) -> None:
        """Show the stage when patience ends."""
        if self._enabled:
            import threading

            remaining = max(0.0, self._started + PATIENCE - time.perf_counter())
            self._timer = threading.Timer(remaining, self._show)
            self._timer.daemon = True
            self._timer.start()

    def end(self) -> None:
        """The run has ended: nothing is shown any more."""
        self.stage("")
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            if self._status is not None:
                self._status.stop()
                self._status = None

    def _show(self) -> None:
        from rich.console import Console

        with self._lock:
            if self._timer is not None and self._stage:
                self._status = Console(stderr=True).status(f"{self._stage} ...")
                self._status.start()
