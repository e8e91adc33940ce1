"""``python -m tests.mock [DOCUMENT …]``: the mock of each document before a stranger, its own client, and a validator.

For every document: schemathesis' complaints, calls of the generated client that did not go as documented, and sample
answers that their own schema does not accept, hostile requests that make the mock fail. Without arguments the sixty public documents, where they are here.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

from bindwright.serve import load

from tests.mock.answers import invalid_answers
from tests.mock.declared import DeclaredDriver
from tests.mock.hostile import problems
from tests.mock.strangers import complaints
from tests.serve.driver import drive

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"


def main(arguments: list[str]) -> int:
    documents = [Path(name) for name in arguments] or sorted(CORPUS.glob("*.json"))
    if not documents:
        print(f"skipped: {CORPUS} is not here")
        return 0
    total: Counter[str] = Counter()
    for document in documents:
        counts = _examine(document)
        total += counts
        print(f"{document.name:55} {dict(counts)}", flush=True)
    print(f"{len(documents)} documents: {dict(total)}")
    return (
        1
        if any(
            total[name]
            for name in ("failed calls", "undeclared values", "complaints", "failures", "invalid answers")
        )
        else 0
    )


def _examine(document: Path) -> Counter[str]:
    started, counts = time.perf_counter(), Counter[str]()
    undeclared: list[str] = []
    result = drive(document, kind=DeclaredDriver, problems=undeclared)
    counts["undeclared values"] = len(undeclared)
    counts["calls"], counts["failed calls"] = result.calls, len(result.failures)
    answers = list(invalid_answers(document))
    counts["answers"], counts["invalid answers"] = len(answers), sum(bool(errors) for _, errors in answers)
    notes = [
        *map(str, result.failures),
        *undeclared,
        *(f"{name}: {errors}" for name, errors in answers if errors),
    ]
    failures = problems(load(document), 300, seed=1)
    counts["failures"] = len(failures)
    notes += failures
    for complaint in complaints(document, examples=3, seed=1):
        counts["complaints"] += 1
        counts[complaint.check] += 1
        notes.append(str(complaint))
    for note in notes[:60]:
        print(f"    {note[:600]}")
    counts["seconds"] = round(time.perf_counter() - started)
    return counts


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
