"""A progress bar over the bytes that are read."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import IO, Any, Self

CHUNK = 1 << 16


class Meter:
    """Counts bytes, and shows them on a terminal."""

    def __init__(self, path: str, enabled: bool | None) -> None:
        self._total = None if path == "-" or not os.path.isfile(path) else os.path.getsize(path)
        self._shown = sys.stderr.isatty() if enabled is None else enabled
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Self:
        if self._shown:
            from rich.console import Console
            from rich.progress import (
                BarColumn,
                DownloadColumn,
                Progress,
                TimeRemainingColumn,
                TransferSpeedColumn,
            )

            columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=False)
            self._task = self._bar.add_task("read", total=self._total)
            self._bar.start()
        return self

    def __exit__(self, *exception: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def over(self, file: IO[bytes]) -> Iterator[bytes]:
        """The chunks of a file, counted as they are taken; the file is closed behind them."""
        while chunk := file.read(CHUNK):
            if self._bar is not None:
                self._bar.update(self._task, advance=len(chunk))
            yield chunk
