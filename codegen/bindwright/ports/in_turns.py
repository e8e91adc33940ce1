"""Many small pieces of work, by two processes where there are two processors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bindwright.targets.processes import in_two_processes
from bindwright.targets.python.parallel_emit import WorkQueue

WORTH_FORKING = 40
"""Pieces from which on a second process takes less time than it costs."""


def in_turns(work: Sequence[Callable[[], Any]]) -> list[Any]:
    """The results in the order of the work.

    Each piece is done by whichever process is free: it may change nothing that another one sees, and its result is made
    of text, octets, numbers, lists and dicts.
    """
    if len(work) < WORTH_FORKING:
        return [piece() for piece in work]
    numbers = [str(number) for number in range(len(work))]
    with WorkQueue(numbers) as queue:

        def share() -> dict[str, Any]:
            return {number: work[int(number)]() for number in queue}

        first, second = in_two_processes(share, share)
    results = first | second
    # What a process took that came to nothing afterwards is done here.
    return [results[number] if number in results else work[int(number)]() for number in numbers]
