"""Whether a run would change anything, found out without importing the generator.

Inputs are hashed every time. Outputs are compared by the status that this machine remembers, or, on a
fresh clone, by content with the committed lock.
"""

from __future__ import annotations

import os

from bindwright import __version__
from bindwright.project.configuration.settings import RunSettings
from bindwright.project.output_tree import digests, lock, memory
from bindwright.project.output_tree.folder import OutputFolder
from bindwright.project.output_tree.memory import Memory


def unchanged(settings: RunSettings) -> str | None:
    """The summary of the run that need not be repeated; None where a run is needed."""
    if settings.force or settings.report or os.path.lexists(journal_path(settings.output)):
        return None
    remembered = memory.read(settings.output)
    if remembered is not None:
        return remembered.summary if _fits(settings, remembered) else None
    if settings.strict or memory.has_leftovers(settings.output):
        return None
    return _matches_lock(settings)


def journal_path(output: str) -> str:
    """Where the journal of an interrupted run stands."""
    return os.path.join(memory.folder(output), "journal.json")


def _fits(settings: RunSettings, remembered: Memory) -> bool:
    return (
        not (settings.strict and remembered.degraded)
        and remembered.options == digests.of_options(settings)
        and remembered.lock == digests.of_output(OutputFolder(settings.output), lock.FILE_NAME)
        and remembered.inputs == digests.of_inputs(settings, list(remembered.inputs))
        and remembered.generator == digests.of_generator(settings)
        and remembered.stats == memory.stats(settings.output, list(remembered.stats))
    )


def _matches_lock(settings: RunSettings) -> str | None:
    lock_ = lock.read(settings.output)
    tree = OutputFolder(settings.output)
    if (
        lock_ is None
        or lock_.merged
        or lock_.generator != __version__
        or lock_.options != digests.of_options(settings)
        or lock_.inputs != digests.of_inputs(settings, list(lock_.inputs))
        or any(digests.of_output(tree, name) != value for name, value in lock_.files.items())
    ):
        return None
    summary = f"{len(lock_.files)} files as the lock has them"
    remember(settings, lock_, degraded=-1, summary=summary)
    return summary


def remember(settings: RunSettings, lock_: lock.Lock, degraded: int, summary: str) -> None:
    """Remember the state of the output folder after a run. ``degraded`` is -1 where nobody counted."""
    raw = digests.of_output(OutputFolder(settings.output), lock.FILE_NAME) or ""
    stats = memory.stats(settings.output, list(lock_.files))
    inputs = lock_.inputs
    memory.write(
        settings.output,
        Memory(digests.of_generator(settings), raw, lock_.options, inputs, stats, degraded, summary),
    )
