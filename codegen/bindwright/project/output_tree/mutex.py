"""One run at a time may write to an output folder: an advisory file lock that dies with its process."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from bindwright.project.configuration.settings import relative_path
from bindwright.project.errors import CommandError
from bindwright.project.output_tree import memory, paths
from bindwright.project.output_tree.folder import OutputFolder

PATIENCE = 30.0
"""Seconds to wait for another run before giving up."""


@contextmanager
def exclusive(output: str, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the output folder's lock; raises `CommandError` where another run keeps it for too long."""
    memory.ensure_folder(output)
    descriptor = OutputFolder(output).open_own(f"{paths.STATE}/mutex")
    with open(descriptor, "r+", encoding="utf-8", errors="replace") as file:
        deadline = time.monotonic() + patience
        while not _take(file):
            if time.monotonic() > deadline:
                raise CommandError(
                    "busy",
                    f"another bindwright{_holder(file)} is writing to {relative_path(output)}",
                    "wait until it has ended, or end it",
                )
            time.sleep(0.02)
        file.seek(0)
        file.truncate()
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def _holder(file: IO[str]) -> str:
    file.seek(0)
    number = file.read(20).strip()
    return f" (process {number})" if number else ""


if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[str]) -> bool:
        # A byte far behind the content, so that the process number stays readable.
        file.seek(1 << 20)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
