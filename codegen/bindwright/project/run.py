"""``generate`` where something changed: prepare, then write what differs."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bindwright.project.configuration.settings import RunSettings, relative_path
from bindwright.project.console import report
from bindwright.project.console.messages import Messages
from bindwright.project.console.progress import Progress
from bindwright.project.errors import INVALID, CommandError
from bindwright.project.output_tree import digests, journal, lock
from bindwright.project.output_tree.folder import OutputFolder
from bindwright.project.output_tree.interrupts import delayed_interrupts
from bindwright.project.output_tree.lock import Lock
from bindwright.project.output_tree.mutex import exclusive
from bindwright.project.output_tree.unchanged import journal_path, remember
from bindwright.project.prepare import Candidate, Preparation, prepare

if TYPE_CHECKING:
    from bindwright.project.release import Release

_WIDTH = 78
"""Columns of a line, without what stands between its halves."""
_TRIES = 5
"""How often another run may get in between before this one gives up."""


def generate(
    settings: RunSettings, messages: Messages, release: Release | None = None
) -> tuple[int, list[str]]:
    """Generate; gives the exit code and the files that were read.

    Args:
        release: the release that this makes.

    Raises `CommandError` with nothing written, OSError with the old tree in place.
    """
    started = time.perf_counter()
    recover(settings, messages)
    for _ in range(_TRIES):
        with progress_display() as progress:
            preparation = prepare(settings, progress, release)
            candidate = writable_candidate(preparation, messages)
            if candidate is None:
                return INVALID, preparation.input_paths
            progress.stage("writing files")
            if write(settings, preparation.old, candidate):
                break
    else:
        raise CommandError("busy", f"other runs keep writing to {relative_path(settings.output)}", "end them")
    announce(preparation, candidate, messages, progress, time.perf_counter() - started)
    return 0, preparation.input_paths


@contextmanager
def progress_display() -> Iterator[Progress]:
    """A `Progress` that ends with the block, whatever ends it."""
    progress = Progress()
    try:
        yield progress
    finally:
        progress.end()


def recover(settings: RunSettings, messages: Messages) -> None:
    """Complete an interrupted run's writing first: what it wrote tells the names."""
    if os.path.lexists(journal_path(settings.output)):
        with exclusive(settings.output), delayed_interrupts():
            if journal.recover(settings.output):
                messages.warn(
                    "an earlier run was interrupted while it wrote; its writing was completed first"
                )


def writable_candidate(preparation: Preparation, messages: Messages) -> Candidate | None:
    """Show the diagnostics; what may be written, or None where nothing may."""
    lowered, candidate, settings = preparation.lowered, preparation.candidate, preparation.settings
    messages.diagnostics(lowered.diagnostics, lowered.document, preparation.size)
    if candidate is None:
        return None
    if settings.report:
        report.write(settings.report, candidate.emitted.coverage)
    reason = reason_not_to_write(settings, candidate)
    if reason is not None:
        messages.error(reason)
        return None
    return candidate


def reason_not_to_write(settings: RunSettings, candidate: Candidate) -> CommandError | None:
    """Why a tree without errors may not be written all the same."""
    degraded = report.count(candidate.emitted.coverage).degraded
    if settings.strict and degraded:
        parts = "1 part" if degraded == 1 else f"{degraded} parts"
        return CommandError(
            "degraded",
            f"{parts} of the document cannot be expressed exactly (--strict)",
            "`bindwright check` lists them; --no-strict accepts them",
        )
    if candidate.plan.clashes:
        names = [relative_path(os.path.join(settings.output, path)) for path in candidate.plan.clashes]
        some = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
        return CommandError(
            "file-exists",
            f"{some}: in the way, and not written by bindwright",
            "move it, choose another --output, or overwrite it with --force",
        )
    return None


def write(settings: RunSettings, old: Lock | None, candidate: Candidate) -> bool:
    """Write what differs; False where another run wrote in between and all must be prepared again."""
    raw = candidate.lock.to_bytes()
    with exclusive(settings.output):
        if lock.read(settings.output) != old:
            return False
        # Compared as it stands there: a lock that holds both sides of a merge may say the same, and is written.
        same = digests.of_output(OutputFolder(settings.output), lock.FILE_NAME) == digests.of_bytes(raw)
        with delayed_interrupts():
            if same and candidate.plan.empty:
                journal.clear(settings.output)
            else:
                journal.commit(settings.output, candidate.plan, {} if same else {lock.FILE_NAME: raw})
        report.write_in(settings.output, candidate.emitted.coverage)
        count = report.count(candidate.emitted.coverage)
        remember(settings, candidate.lock, count.degraded, str(count))
    return True


def announce(
    preparation: Preparation, candidate: Candidate, messages: Messages, progress: Progress, seconds: float
) -> None:
    """Say what was done."""
    settings = preparation.settings
    merged = preparation.old is not None and preparation.old.merged
    plan, folder = candidate.plan, relative_path(settings.output)
    if merged:
        messages.result(
            f"{lock.FILE_NAME} held the lines of two branches: every name that either gave out is kept"
        )
    for path in plan.kept:
        messages.warn(
            f"{path} is generated no more but was edited: it stays, and is yours now (--force removes it)"
        )
    for item in plan.writes:
        if item.edited:
            messages.warn(f"{item.path} had been edited; the edited file is in .bindwright/edited")
        messages.detail(f"wrote {item.path}")
    for path, _ in plan.removals:
        messages.detail(f"removed {path}")
    for stage, time_ in progress.times.items():
        messages.detail(f"{time_ * 1000:8.1f} ms  {stage}")
    kept = len(plan.hashes) - len(plan.writes)
    removed = f"{len(plan.removals)} removed, " if plan.removals else ""
    summary = f"{len(plan.writes)} written, {removed}{kept} unchanged"
    document, output = str(report.count(candidate.emitted.coverage)), f"{folder}: {summary} ({seconds:.2f} s)"
    messages.result(
        f"{document}; {output}" if len(document) + len(output) < _WIDTH else f"{document}\n{output}"
    )
