"""A bar of a run whose steps are known: shown on a terminal, and only when it takes long."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from bindwright.project.console.progress import PATIENCE


class Steps:
    """Counts steps, and names the one that is done. Takes the place of `Progress` where a run is made of several.

    Args:
        total: how many steps there are.
        enabled: whether anything is shown; None: on a terminal.
    """

    def __init__(self, total: int, enabled: bool | None = None) -> None:
        self._total = total
        self._done = 0
        self._enabled = sys.stderr.isatty() if enabled is None else enabled
        self._started = time.perf_counter()
        self._bar: Any = None
        self._task: Any = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def stage(self, name: str) -> None:
        """Enter a step; the one before has ended."""
        if not self._enabled or not name:
            return
        with self._lock:
            if self._bar is None and time.perf_counter() - self._started >= PATIENCE:
                self._show()
            if self._bar is not None:
                self._bar.update(self._task, completed=self._done, description=name)
            self._done += 1

    @contextmanager
    def without_threads(self) -> Iterator[None]:
        """Nothing is shown in the block, and no thread runs."""
        self.end()
        yield

    def end(self) -> None:
        """The run has ended: nothing is shown any more."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _show(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        columns = (BarColumn(), TextColumn("{task.completed} of {task.total}: {task.description} ..."))
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("", total=self._total)
        self._bar.start()
