"""``generate --check``: what a run would change and who moved, with nothing written."""

from __future__ import annotations

import os

from bindwright.project import difference
from bindwright.project.configuration.settings import Settings, shown
from bindwright.project.console import terminal
from bindwright.project.console.messages import Voice
from bindwright.project.output_tree import digests
from bindwright.project.output_tree.change_plan import Plan
from bindwright.project.output_tree.lock import Lock
from bindwright.project.output_tree.unchanged import pending
from bindwright.project.prepare import Attempt, Candidate, attempt
from bindwright.project.refusal import DOCUMENT_MOVED, FILES_EDITED, GENERATOR_MOVED, INVALID
from bindwright.project.run import accept, shown_progress


def check(settings: Settings, voice: Voice) -> int:
    """Compare; gives 0, or the first that holds of 5 (edited), 3 (document), 4 (generator).

    Raises `Refusal` where the lock cannot be read.
    """
    with shown_progress() as progress:
        made = attempt(settings, progress)
    candidate = accept(made, voice)
    if candidate is None:
        return INVALID
    if os.path.exists(pending(settings.output)):
        voice.warn("an earlier run was interrupted while it wrote; `bindwright generate` completes it")
    found = reasons(made, candidate)
    for lines in found.values():
        for line in lines:
            voice.result(line)
    if not found:
        voice.result(f"{shown(settings.output)} is what {settings.shown_document()} says")
        return 0
    if not voice.quiet:
        for line in difference.describe(
            settings.output, candidate.plan, candidate.emitted.files, voice.verbose
        ):
            terminal.say(line)
    return next(iter(found))


def reasons(made: Attempt, candidate: Candidate) -> dict[int, list[str]]:
    """Exit codes with the lines that explain them, the strongest first; empty where nothing differs."""
    if made.old is None:
        return {DOCUMENT_MOVED: [f"nothing was generated to {shown(made.settings.output)} yet"]}
    edited = _edited(candidate.plan)
    document = _document(made, made.old)
    generator = _generator(made.old, candidate.lock, moved=bool(document))
    found = {FILES_EDITED: edited, DOCUMENT_MOVED: document, GENERATOR_MOVED: generator}
    return {code: lines for code, lines in found.items() if lines}


def _edited(plan: Plan) -> list[str]:
    lost = set(plan.lost)
    return [f"{'deleted' if path in lost else 'edited'}: {path}" for path in plan.edited]


def _document(made: Attempt, old: Lock) -> list[str]:
    changed = sorted(n for n in {*old.inputs, *made.inputs} if old.inputs.get(n) != made.inputs.get(n))
    lines = [f"the document moved: {name}" for name in changed]
    if old.options != digests.of_options(made.settings):
        lines.append("the configuration moved: package, models, names, operations or what may be read")
    return lines


def _generator(old: Lock, new: Lock, moved: bool) -> list[str]:
    if old.generator != new.generator:
        return [f"the generator moved: {old.generator} wrote it, this is {new.generator}"]
    if not moved and (old.files, old.names) != (new.files, new.names):
        return [f"the generator moved: this {new.generator} writes something else than the one before it"]
    return []
