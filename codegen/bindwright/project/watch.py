"""``generate --watch``: generate again whenever a file of the document or the configuration is saved.

Status is polled: a document has few files, polling works on every file system (network mounts and
containers included), and five looks a second cost nothing.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from typing import Any

from bindwright.project.console.messages import Voice
from bindwright.project.prepare import CLOCK
from bindwright.project.refusal import Refusal

INTERVAL = 0.2
"""Seconds between two looks."""
SETTLED = 0.1
"""Seconds for which nothing may change before a run starts: editors save in several steps."""

Snapshot = dict[str, tuple[int, ...] | None]
"""Status of each watched file, None for one that is not there."""


def watch(flags: dict[str, Any], voice: Voice, sleep: Callable[[float], None] = time.sleep) -> int:
    """Generate, wait for a change, generate again; ends with 0 on Ctrl-C.

    A state that cannot be generated (half saved, broken) is reported and waited out.
    """
    seen: Snapshot = {}
    try:
        while True:
            # The look comes before the run: what is saved while it runs starts the next one.
            before, started = look(seen), time.time_ns()
            files = _once(flags, voice)
            seen = {path: before[path] if path in before else _unless_since(path, started) for path in files}
            voice.detail(f"watching {len(seen)} files; Ctrl-C ends")
            await_change(seen, sleep)
    except KeyboardInterrupt:
        voice.result("\nstopped watching")
        return 0


def _once(flags: dict[str, Any], voice: Voice) -> set[str]:
    """One run; gives the files whose change would matter."""
    from bindwright.project import run
    from bindwright.project.configuration import configuration

    config = os.path.abspath(flags.get("config") or "pyproject.toml")
    files = {config}
    try:
        found = configuration.find(os.getcwd(), flags.get("config") or "")
        files.add(found.file or config)
        settings = configuration.for_writing(flags, os.getcwd())
        files.add(settings.document)
        files.update(run.generate(settings, voice)[1])
    except Refusal as refusal:
        voice.refusal(refusal)
        if flags.get("document"):
            files.add(os.path.abspath(flags["document"]))
    except OSError as error:
        voice.warn(str(error))
    return files


def look(paths: Iterable[str]) -> Snapshot:
    """The status of files, None for those that are not there."""
    return {path: _status(path) for path in paths}


def _status(path: str) -> tuple[int, ...] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino, found.st_ctime_ns


def _unless_since(path: str, started: int) -> tuple[int, ...] | None:
    """The status of a file that nobody looked at before the run; None, so that it counts as changed, where
    it may have been saved since."""
    found = _status(path)
    return found if found is not None and max(found[0], found[3]) < started - CLOCK else None


def await_change(before: Snapshot, sleep: Callable[[float], None]) -> None:
    """Return once a file differs from `before` and all have stayed the same for `SETTLED` seconds."""
    while look(before) == before:
        sleep(INTERVAL)
    last = look(before)
    while True:
        sleep(SETTLED)
        now = look(before)
        if now == last:
            return
        last = now
