"""``python -m tests.fuzz.minimise``: keep of each corpus the smallest inputs that reach what all of them reach.

What an input reaches are the pairs of lines that follow each other in the runtime and in the functions that it
compiles. The fuzzer counts more finely; what is lost with the rest it finds again in a minute.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from tests.fuzz.test_kept import CHECKS, CORPUS

Arc = tuple[int, int, int]


def reached(check: Callable[[bytes], None], data: bytes) -> set[Arc]:
    """The pairs of lines of the codecs that follow each other while `data` is checked."""
    arcs: set[Arc] = set()

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        code = frame.f_code
        if "bindwright" not in code.co_filename and not code.co_filename.startswith("<"):
            return None
        number, last = hash((code.co_filename, code.co_qualname)), 0

        def lines(frame: FrameType, event: str, argument: Any) -> Any:
            nonlocal last
            arcs.add((number, last, frame.f_lineno))
            last = frame.f_lineno
            return lines

        return lines

    sys.settrace(trace)
    try:
        check(data)
    finally:
        sys.settrace(None)
    return arcs


def minimise(folder: Path, check: Callable[[bytes], None]) -> tuple[int, int]:
    """Delete the inputs of a folder that reach nothing new; gives how many there were and are."""
    inputs = sorted(folder.iterdir(), key=lambda path: (path.stat().st_size, path.name))
    for path in inputs:  # compile everything first: what is compiled late would count as reached by one input
        check(path.read_bytes())
    everything: set[Arc] = set()
    remaining = 0
    for path in inputs:
        arcs = reached(check, path.read_bytes())
        if arcs <= everything:
            path.unlink()
        else:
            remaining += 1
            everything |= arcs
    return len(inputs), remaining


def main() -> None:
    """Minimise all corpora."""
    for name, prepare in CHECKS.items():
        before, after = minimise(CORPUS / name, prepare())
        print(f"{name}: {before} inputs, {after} of them kept")


if __name__ == "__main__":
    main()
