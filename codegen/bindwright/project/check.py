"""``generate --check``: what a run would change and who moved, with nothing written."""

from __future__ import annotations

import os

from bindwright.project import difference
from bindwright.project.configuration.settings import RunSettings, relative_path
from bindwright.project.console import terminal
from bindwright.project.console.messages import Messages
from bindwright.project.errors import DOCUMENT_MOVED, FILES_EDITED, GENERATOR_MOVED, INVALID
from bindwright.project.output_tree import digests
from bindwright.project.output_tree.change_plan import ChangePlan
from bindwright.project.output_tree.lock import FILE_NAME, Lock
from bindwright.project.output_tree.unchanged import journal_path
from bindwright.project.prepare import Candidate, Preparation, prepare
from bindwright.project.run import progress_display, writable_candidate


def check(settings: RunSettings, messages: Messages) -> int:
    """Compare; gives 0, or the first that holds of 5 (edited), 3 (document), 4 (generator).

    Raises `CommandError` where the lock cannot be read.
    """
    with progress_display() as progress:
        preparation = prepare(settings, progress)
    candidate = writable_candidate(preparation, messages)
    if candidate is None:
        return INVALID
    if os.path.lexists(journal_path(settings.output)):
        messages.warn("an earlier run was interrupted while it wrote; `bindwright generate` completes it")
    differences = reasons(preparation, candidate)
    for lines in differences.values():
        for line in lines:
            messages.result(line)
    if not differences:
        messages.result(f"{relative_path(settings.output)} is what {settings.document_as_typed()} says")
        return 0
    if not messages.quiet:
        for line in difference.describe(
            settings.output, candidate.plan, candidate.emitted.files, messages.verbose
        ):
            terminal.say(line)
    return next(iter(differences))


def reasons(preparation: Preparation, candidate: Candidate) -> dict[int, list[str]]:
    """Exit codes with the lines that explain them, the strongest first; empty where nothing differs."""
    if preparation.old is None:
        return {
            DOCUMENT_MOVED: [f"nothing was generated to {relative_path(preparation.settings.output)} yet"]
        }
    edited = _edited(candidate.plan)
    if preparation.old.merged:
        edited.insert(0, f"{FILE_NAME} holds the lines of two branches; `bindwright generate` settles it")
    document = _document(preparation, preparation.old)
    generator = _generator(preparation.old, candidate.lock, moved=bool(document))
    differences = {FILES_EDITED: edited, DOCUMENT_MOVED: document, GENERATOR_MOVED: generator}
    return {code: lines for code, lines in differences.items() if lines}


def _edited(plan: ChangePlan) -> list[str]:
    lost = set(plan.lost)
    return [f"{'deleted' if path in lost else 'edited'}: {path}" for path in plan.edited]


def _document(preparation: Preparation, old: Lock) -> list[str]:
    changed = sorted(
        n for n in {*old.inputs, *preparation.inputs} if old.inputs.get(n) != preparation.inputs.get(n)
    )
    lines = [f"the document moved: {name}" for name in changed]
    if old.options != digests.of_options(preparation.settings):
        lines.append("the configuration moved: package, models, names, operations or what may be read")
    return lines


def _generator(old: Lock, new: Lock, moved: bool) -> list[str]:
    if old.generator != new.generator:
        return [f"the generator moved: {old.generator} wrote it, this is {new.generator}"]
    if not moved and (old.files, old.names) != (new.files, new.names):
        return [f"the generator moved: this {new.generator} writes something else than the one before it"]
    return []
