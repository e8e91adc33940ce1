"""``generate``: attempt, then write what differs."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bindwright.project.configuration.settings import Settings, shown
from bindwright.project.console import report
from bindwright.project.console.messages import Voice
from bindwright.project.console.progress import Progress
from bindwright.project.output_tree import journal, lock
from bindwright.project.output_tree.interrupts import undisturbed
from bindwright.project.output_tree.lock import Lock
from bindwright.project.output_tree.mutex import alone
from bindwright.project.output_tree.unchanged import pending, remember
from bindwright.project.prepare import Attempt, Candidate, attempt
from bindwright.project.refusal import INVALID, Refusal

_TRIES = 5
"""How often another run may get in between before this one gives up."""


def generate(settings: Settings, voice: Voice) -> tuple[int, list[str]]:
    """Generate; gives the exit code and the files that were read.

    Raises `Refusal` with nothing written, OSError with the old tree in place.
    """
    started = time.perf_counter()
    recover(settings, voice)
    for _ in range(_TRIES):
        with shown_progress() as progress:
            made = attempt(settings, progress)
            candidate = accept(made, voice)
            if candidate is None:
                return INVALID, made.input_paths
            progress.stage("writing files")
            if write(settings, made.old, candidate):
                break
    else:
        raise Refusal("busy", f"other runs keep writing to {shown(settings.output)}", "end them")
    announce(settings, candidate, voice, progress, time.perf_counter() - started)
    return 0, made.input_paths


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """A `Progress` that ends with the block, whatever ends it."""
    progress = Progress()
    try:
        yield progress
    finally:
        progress.end()


def recover(settings: Settings, voice: Voice) -> None:
    """Complete an interrupted run's writing first: what it wrote tells the names."""
    if os.path.exists(pending(settings.output)):
        with alone(settings.output), undisturbed():
            if journal.recover(settings.output):
                voice.warn("an earlier run was interrupted while it wrote; its writing was completed first")


def accept(made: Attempt, voice: Voice) -> Candidate | None:
    """Show the diagnostics; what may be written, or None where nothing may."""
    lowered, candidate, settings = made.lowered, made.candidate, made.settings
    voice.diagnostics(lowered.diagnostics, lowered.document, made.size)
    if candidate is None:
        return None
    if settings.report:
        report.write(settings.report, candidate.emitted.coverage)
    reason = refusal(settings, candidate)
    if reason is not None:
        voice.refusal(reason)
        return None
    return candidate


def refusal(settings: Settings, candidate: Candidate) -> Refusal | None:
    """Why a tree without errors may not be written all the same."""
    degraded = report.count(candidate.emitted.coverage).degraded
    if settings.strict and degraded:
        parts = "1 part" if degraded == 1 else f"{degraded} parts"
        return Refusal(
            "degraded",
            f"{parts} of the document cannot be expressed exactly (--strict)",
            "`bindwright check` lists them; --no-strict accepts them",
        )
    if candidate.plan.clashes:
        names = [shown(os.path.join(settings.output, path)) for path in candidate.plan.clashes]
        some = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
        return Refusal(
            "file-exists",
            f"{some}: in the way, and not written by bindwright",
            "move it, choose another --output, or overwrite it with --force",
        )
    return None


def write(settings: Settings, old: Lock | None, candidate: Candidate) -> bool:
    """Write what differs; False where another run wrote in between and all must be attempted again."""
    raw = candidate.lock.to_bytes()
    with alone(settings.output):
        if lock.read(settings.output) != old:
            return False
        same = old is not None and old.to_bytes() == raw
        with undisturbed():
            if same and candidate.plan.empty:
                journal.clear(settings.output)
            else:
                journal.commit(settings.output, candidate.plan, {} if same else {lock.FILE_NAME: raw})
        report.write(report.place(settings.output), candidate.emitted.coverage)
        count = report.count(candidate.emitted.coverage)
        remember(settings, candidate.lock, count.degraded, str(count))
    return True


def announce(
    settings: Settings, candidate: Candidate, voice: Voice, progress: Progress, seconds: float
) -> None:
    """Say what was done."""
    plan, folder = candidate.plan, shown(settings.output)
    for path in plan.kept:
        voice.warn(
            f"{path} is generated no more but was edited: it stays, and is yours now (--force removes it)"
        )
    for item in plan.writes:
        if item.edited:
            voice.warn(f"{item.path} had been edited; the edited file is in .bindwright/edited")
        voice.detail(f"wrote {item.path}")
    for path, _ in plan.removals:
        voice.detail(f"removed {path}")
    for stage, time_ in progress.times.items():
        voice.detail(f"{time_ * 1000:8.1f} ms  {stage}")
    kept = len(plan.hashes) - len(plan.writes)
    done = f"{len(plan.writes)} written, {len(plan.removals)} removed, {kept} unchanged"
    voice.result(f"{report.count(candidate.emitted.coverage)}; {folder}: {done} ({seconds:.2f} s)")
