"""What a piece of work keeps in memory, counted in the interpreter's blocks."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable

WINDOWS = 15
_NOTHING = 2
"""Blocks in a window that are no growth."""


def blocks_kept(work: Callable[[], object], turns: int) -> int:
    """The least growth in allocated blocks over several windows of *turns* calls each.

    The count is the whole process's: a cache elsewhere that fills, or a thread of the test runner, adds to a
    window, and what is cached or learned by the work itself to the first ones. A leak adds to every window, so the least
    one tells it and nothing else does.
    """
    _run(work, turns)
    growth = []
    for _ in range(WINDOWS):
        gc.collect()
        before = sys.getallocatedblocks()
        _run(work, turns)
        gc.collect()
        growth.append(sys.getallocatedblocks() - before)
        if growth[-1] <= _NOTHING:
            break
    return min(growth)


def _run(work: Callable[[], object], turns: int) -> None:
    for _ in range(turns):
        work()
