"""``generate --watch``: generate again whenever a file of the document or the configuration is saved.

Status is polled: a document has few files, polling works on every file system (network mounts and
containers included), and five looks a second cost nothing.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from typing import Any

from bindwright.project.console.messages import Messages
from bindwright.project.errors import CommandError
from bindwright.project.prepare import CLOCK

INTERVAL = 0.2
"""Seconds between two looks."""
SETTLED = 0.1
"""Seconds for which nothing may change before a run starts: editors save in several steps."""

Snapshot = dict[str, tuple[int, ...] | None]
"""Status of each watched file, None for one that is not there."""


def watch(flags: dict[str, Any], messages: Messages, sleep: Callable[[float], None] = time.sleep) -> int:
    """Generate, wait for a change, generate again; ends with 0 on Ctrl-C.

    A state that cannot be generated (half saved, broken) is reported and waited out.
    """
    watched: Snapshot = {}
    try:
        while True:
            # The look comes before the run: what is saved while it runs starts the next one.
            before, started = snapshot(watched), time.time_ns()
            files = _once(flags, messages)
            watched = {
                path: before[path] if path in before else _unless_since(path, started) for path in files
            }
            messages.detail(f"watching {len(watched)} files; Ctrl-C ends")
            await_change(watched, sleep)
    except KeyboardInterrupt:
        messages.result("\nstopped watching")
        return 0


def _once(flags: dict[str, Any], messages: Messages) -> set[str]:
    """One run; gives the files whose change would matter."""
    from bindwright.project import run
    from bindwright.project.configuration import configuration

    config = os.path.abspath(flags.get("config") or "pyproject.toml")
    files = {config}
    try:
        status = configuration.find(os.getcwd(), flags.get("config") or "")
        files.add(status.file or config)
        settings = configuration.for_writing(flags, os.getcwd())
        files.add(settings.document)
        files.update(run.generate(settings, messages)[1])
    except CommandError as error:
        messages.error(error)
        if flags.get("document"):
            files.add(os.path.abspath(flags["document"]))
    except OSError as error:
        messages.warn(str(error))
    return files


def snapshot(paths: Iterable[str]) -> Snapshot:
    """The status of files, None for those that are not there."""
    return {path: _status(path) for path in paths}


def _status(path: str) -> tuple[int, ...] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino, status.st_ctime_ns


def _unless_since(path: str, started: int) -> tuple[int, ...] | None:
    """The status of a file that nobody looked at before the run; None, so that it counts as changed, where
    it may have been saved since."""
    status = _status(path)
    return status if status is not None and max(status[0], status[3]) < started - CLOCK else None


def await_change(before: Snapshot, sleep: Callable[[float], None]) -> None:
    """Return once a file differs from `before` and all have stayed the same for `SETTLED` seconds."""
    while snapshot(before) == before:
        sleep(INTERVAL)
    last = snapshot(before)
    while True:
        sleep(SETTLED)
        now = snapshot(before)
        if now == last:
            return
        last = now
