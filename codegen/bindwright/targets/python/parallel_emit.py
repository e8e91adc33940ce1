"""The files of a package, written and parsed again, by two processes where that is worth it."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Sequence

from bindwright.targets.processes import in_two_processes
from bindwright.targets.python.syntax.syntax_check import is_python

WriteFile = Callable[[], str]
"""Writes the text of one file."""

WORTH_FORKING = 1_000
"""Weight from which two processes take less time than one."""


def write_files(
    writers: dict[str, tuple[int, WriteFile]], together: Sequence[str] = ()
) -> tuple[dict[str, str], set[str]]:
    """Paths to texts, in the order of `writers`, and the paths of those that are not Python.

    Args:
        writers: path to the weight of the file, roughly in fields, and what writes it. From `WORTH_FORKING`
            together two processes write them.
        together: files whose writers use each other's results, the last of them those of all others: one
            process writes as many of them as make half of the weight.
    """
    total = sum(weight for weight, _ in writers.values())
    if total < WORTH_FORKING:
        texts, broken = _write(writers, [path for path in writers if path not in together] + [*together])
    else:
        texts, broken = _write_in_two_processes(writers, _chain(writers, together, total))
    return {path: texts[path] for path in writers}, set(broken)


def _chain(writers: dict[str, tuple[int, WriteFile]], together: Sequence[str], total: int) -> list[str]:
    """Those of `together`, from the last one back, that make half of the weight."""
    chain: list[str] = []
    weight = 0
    for path in together[::-1]:
        if 2 * weight < total:
            chain.insert(0, path)
            weight += writers[path][0]
    return chain


def _write_in_two_processes(
    writers: dict[str, tuple[int, WriteFile]], chain: list[str]
) -> tuple[dict[str, str], list[str]]:
    """This process writes `chain` first; the other files are taken, large ones first, by whoever is free.

    Weights are estimates: of two halves of equal weight one took 1.6 times as long as the other.
    """
    rest = sorted(writers.keys() - set(chain), key=lambda path: (-writers[path][0], path))
    with WorkQueue(rest) as queue:
        (first, first_broken), (second, second_broken) = in_two_processes(
            lambda: _write(writers, itertools.chain(chain, queue)), lambda: _write(writers, queue)
        )
    texts = first | second
    # What a process took that came to nothing afterwards.
    lost, lost_broken = _write(writers, [path for path in rest if path not in texts])
    return texts | lost, [*first_broken, *second_broken, *lost_broken]


class WorkQueue:
    """Paths that two processes take in turns: each is given to one of them.

    A pipe is the queue, filled before the fork with the numbers of batches: a read of two bytes takes the next
    number, and the end of the pipe is the end of the work. All numbers together are no more than what the smallest
    pipe holds, so that filling it never waits.
    """

    BATCHES = 2_000
    """At most, of two bytes each: a pipe holds at least a page."""

    def __init__(self, paths: Sequence[str]) -> None:
        size = -(-len(paths) // self.BATCHES) or 1
        self._batches = [paths[start : start + size] for start in range(0, len(paths), size)]
        self._reading, writing = os.pipe()
        os.write(writing, b"".join(number.to_bytes(2, "big") for number in range(len(self._batches))))
        os.close(writing)

    def __iter__(self) -> Iterator[str]:
        while number := os.read(self._reading, 2):
            yield from self._batches[int.from_bytes(number, "big")]

    def __enter__(self) -> WorkQueue:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._reading)


def _write(
    writers: dict[str, tuple[int, WriteFile]], paths: Iterable[str]
) -> tuple[dict[str, str], list[str]]:
    texts = {path: writers[path][1]() for path in paths}
    broken = [path for path, text in texts.items() if path.endswith(".py") and not is_python(text)]
    return texts, broken
