"""``python -m tests.ports [DOCUMENT …]``: the kits of public documents through the Python and the TypeScript port.

A line a document and port; failures with their first difference. Exit code 1 with any failure. Without arguments the
sixty public documents, where they are here; ``--checks N`` draws so many of each kit with a seed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tools.typescript import Unavailable

from .corpus_kits import CORPUS, Run, commands, runs

SHOWN = 5
"""Failures of one document and port."""


def main() -> int:
    """Run; counts at the end."""
    parser = argparse.ArgumentParser(prog="python -m tests.ports", description=__doc__)
    parser.add_argument("documents", nargs="*", type=Path)
    parser.add_argument("--port", choices=["python", "typescript"], help="this one alone")
    parser.add_argument(
        "--checks", type=int, default=5000, help="of each kit at most; 0: all (default: 5000)"
    )
    parser.add_argument("--up-to", type=float, default=1000, metavar="MB", help="leave out larger documents")
    options = parser.parse_args()
    documents = options.documents or sorted(CORPUS.glob("*.json"), key=lambda path: path.stat().st_size)
    documents = [path for path in documents if path.stat().st_size <= options.up_to * 1e6]
    if not documents:
        print(f"skipped: {CORPUS} is not here")
        return 0
    try:
        ports = commands()
    except Unavailable as error:
        print(f"skipped: {error}")
        return 0
    ports = {name: command for name, command in ports.items() if options.port in (None, name)}
    totals, started = Counter[str](), time.perf_counter()
    for number, document in enumerate(documents, 1):
        with tempfile.TemporaryDirectory() as folder:
            for run in runs(document, Path(folder), ports, options.checks):
                totals += Counter({f"{run.port} {status}": count for status, count in run.counts.items()})
                _print(run, f"{number}/{len(documents)}")
    print(f"{len(documents)} documents in {time.perf_counter() - started:.0f} s: {dict(totals)}")
    return 1 if any(not name.endswith(("passed", "skipped")) for name in totals) else 0


def _print(run: Run, place: str) -> None:
    print(f"{place} {run.document} {run.port}: {dict(run.counts)}", flush=True)
    for outcome in run.wrong[:SHOWN]:
        print(f"    {outcome.check.name} ({outcome.check.rule}): {outcome.status}, {outcome.message[:300]}")
        if outcome.difference is not None:
            at = max(0, outcome.difference.offset - 60)
            print(f"        expected …{outcome.difference.expected[at : at + 160]}")
            print(f"        came     …{outcome.difference.actual[at : at + 160]}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
