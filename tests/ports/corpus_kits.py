"""Kits of public documents through the ports that are here: Python and TypeScript."""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen
from bindwright.conformance.runner import Outcome, run_all
from bindwright.conformance.vectors import Check, read
from bindwright.ir import lower
from bindwright.openapi import load
from bindwright.ports import kit

from tests.typescript.node import PORT
from tools.typescript import node

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
TIMEOUT = 60.0
"""Seconds for one answer: the first one waits until the port has made its bindings."""


@frozen
class Run:
    """What one port made of the kit of one document."""

    document: str
    port: str
    outcomes: list[Outcome]

    @property
    def counts(self) -> Counter[str]:
        """Checks by status."""
        return Counter(outcome.status for outcome in self.outcomes)

    @property
    def wrong(self) -> list[Outcome]:
        """What neither passed nor was skipped."""
        return [outcome for outcome in self.outcomes if outcome.status not in ("passed", "skipped")]


def commands() -> dict[str, list[str]]:
    """How each port is started. Raises `Unavailable` where Node cannot be had."""
    return {
        "python": [sys.executable, "-m", "bindwright.ports.python_port"],
        "typescript": [node(), str(PORT)],
    }


def kit_checks(document: Path, folder: Path, most: int) -> list[Check]:
    """The checks of a document's kit, whose files are written to a folder; of many, so many drawn with a seed.

    Those of scalars are the same in every kit, and left out. Nothing where the document cannot be lowered.
    """
    loaded = load(str(document))
    if loaded.diagnostics.failed:
        return []
    for path, data in kit.files(lower(loaded)).items():
        if path == "ir.json" or (path.startswith("vectors/") and "scalars" not in path):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
    checks = list(read(sorted((folder / "vectors").glob("*.jsonl"))))
    return random.Random(17).sample(checks, most) if 0 < most < len(checks) else checks


def runs(document: Path, folder: Path, ports: dict[str, list[str]], most: int) -> Iterator[Run]:
    """A run of each port over the kit of one document."""
    checks = kit_checks(document, folder, most)
    for name, command in ports.items():
        outcomes = run_all(command, str(folder / "ir.json"), checks, timeout=TIMEOUT)[1] if checks else []
        yield Run(document.stem, name, outcomes)
