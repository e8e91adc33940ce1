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

from tests.mock.answers import answers
from tests.mock.contradictions import Contradictions
from tests.mock.declared import DeclaredDriver
from tests.mock.document_schemas import DocumentSchemas
from tests.mock.hostile import problems
from tests.mock.strangers import complaints
from tests.serve.driver import drive

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"


_BAD = ("crashed", "failed calls", "undeclared values", "complaints", "failures", "invalid answers")


def main(arguments: list[str]) -> int:
    documents = [Path(name) for name in arguments] or sorted(CORPUS.glob("*.json"))
    if not documents:
        print(f"skipped: {CORPUS} is not here")
        return 0
    total, explained = Counter[str](), Counter[str]()
    for document in documents:
        counts = _examine(document, explained)
        total += counts
        print(f"{document.name:55} {dict(counts)}", flush=True)
    print("\nWhat answers are invalid by, and what complaints come from, where that is not the mock:")
    for why, count in sorted(explained.items()):
        print(f"{count:5}  {why}")
    print(f"{len(documents)} documents: {dict(total)}")
    return 1 if any(total[name] for name in _BAD) else 0


def _examine(document: Path, explained: Counter[str]) -> Counter[str]:
    """What was counted; documents that cannot be examined are told of, and the next one is."""
    counts, started = Counter[str](), time.perf_counter()
    notes: list[str] = []
    for examine in (_calls, _answers, _requests, _complaints):
        try:
            examine(document, counts, notes, explained)
        except Exception as error:
            counts["crashed"] += 1
            notes.append(f"{examine.__name__}: {type(error).__name__}: {error}")
    for note in notes[:60]:
        print(f"    {note[:600]}")
    counts["seconds"] = round(time.perf_counter() - started)
    return counts


def _calls(document: Path, counts: Counter[str], notes: list[str], explained: Counter[str]) -> None:
    contradictions = Contradictions(DocumentSchemas(document))
    undeclared: list[str] = []
    result = drive(document, kind=DeclaredDriver, problems=undeclared)
    counts["undeclared values"] = len(undeclared)
    counts["calls"] = result.calls
    notes += undeclared
    for failure in result.failures:
        place = contradictions.of_body(failure.operation) if failure.stage == "request" else None
        if place is not None:
            explained[f"{document.name} {place}: no request is valid there"] += 1
        else:
            counts["failed calls"] += 1
            notes.append(str(failure))


def _answers(document: Path, counts: Counter[str], notes: list[str], explained: Counter[str]) -> None:
    schemas = DocumentSchemas(document)
    contradictions = Contradictions(schemas)
    for answer in answers(document, schemas):
        counts["answers"] += 1
        place = contradictions.explain(answer.pointer, answer.value) if answer.errors else None
        if place is not None:
            counts["answers of contradictions"] += 1
            explained[f"{document.name} {place}: no value is valid there"] += 1
        elif answer.errors:
            counts["invalid answers"] += 1
            notes.append(f"{answer.name}: {answer.errors}")


def _requests(document: Path, counts: Counter[str], notes: list[str], _explained: Counter[str]) -> None:
    failures = problems(load(document), 300, seed=1)
    counts["failures"] = len(failures)
    notes += failures


def _complaints(document: Path, counts: Counter[str], notes: list[str], explained: Counter[str]) -> None:
    for complaint in complaints(document, examples=3, seed=1):
        if complaint.explanation is not None:
            counts["explained complaints"] += 1
            explained[f"{document.name} {complaint.check}: {complaint.explanation}"] += 1
            continue
        counts["complaints"] += 1
        counts[complaint.check] += 1
        notes.append(str(complaint))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
