"""Progress of one run: which stage it is in, shown only on a terminal and only when it takes long."""

from __future__ import annotations

import sys
import threading
import time
from typing import Any

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
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()
        if sys.stderr.isatty() if enabled is None else enabled:
            self._timer = threading.Timer(PATIENCE, self._show)
            self._timer.daemon = True
            self._timer.start()

    def stage(self, name: str) -> None:
        """Enter a stage; the one before has ended."""
        now = time.perf_counter()
        if self._stage:
            self.times[self._stage] = self.times.get(self._stage, 0.0) + now - self._since
        self._stage, self._since = name, now
        with self._lock:
            if self._status is not None and name:
                self._status.update(f"{name} ...")

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
