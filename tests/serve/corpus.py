"""``python -m tests.serve.corpus [DOCUMENT …]``: every operation of sixty real documents against their mocks.

Prints a table (document, operations, calls, failures, seconds) and the failures; exit code 1 with any.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tests.serve.driver import Result, drive

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"


def main(arguments: list[str]) -> int:
    documents = [Path(name) for name in arguments] or sorted(CORPUS.glob("*.json"))
    if not documents:
        print(f"skipped: {CORPUS} is not here")
        return 0
    total, failed = Result(), 0
    for document in documents:
        started = time.perf_counter()
        result = _drive(document)
        seconds = time.perf_counter() - started
        counts = f"{result.operations:5} operations {result.calls:5} calls {len(result.failures):5} failures"
        print(f"{document.name:60} {counts} {seconds:6.1f} s", flush=True)
        for failure in result.failures:
            print(f"    {failure}")
        total.operations += result.operations
        total.calls += result.calls
        failed += len(result.failures)
    print(
        f"{len(documents)} documents, {total.operations} operations, {total.calls} calls, {failed} failures"
    )
    return 1 if failed else 0


def _drive(document: Path) -> Result:
    from tests.serve.driver import Failure

    try:
        return drive(document)
    except Exception as error:
        return Result(failures=[Failure("", "", "document", f"{type(error).__name__}: {error}"[:500])])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
