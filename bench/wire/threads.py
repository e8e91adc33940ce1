"""Several threads at once: the same results, and how many more they get done than one."""

from __future__ import annotations

import os
import statistics
import sys
import threading
import time
from collections.abc import Callable

COUNTS = (1, 2, 8)


def scaling(words: str, run: Callable[[], bool], *, runs: int = 160, rounds: int = 5) -> None:
    """Print how many runs 1, 2 and 8 threads do in a second, and how many of what one does.

    Args:
        run: does it once; gives whether the result is what it should be.
    """
    gil = getattr(sys, "_is_gil_enabled", lambda: True)()
    print(
        f"\n{words}: threads, {'with' if gil else 'without'} the interpreter's lock, {os.cpu_count()} processors"
    )
    rates: dict[int, list[float]] = {count: [] for count in COUNTS}
    for _ in range(rounds):  # in turn, so that a busy machine is busy for all
        for count in COUNTS:
            rates[count].append(rate(run, count, runs))
    single = statistics.median(rates[1])
    for count, each in rates.items():
        median = statistics.median(each)
        print(f"  {count} threads: {median:6.0f} a second, {median / single:.2f} of one, results as expected")


def rate(run: Callable[[], bool], count: int, runs: int) -> float:
    """Runs a second, done by so many threads together."""
    results: list[bool] = []

    def work() -> None:
        for _ in range(runs // count):
            results.append(run())

    workers = [threading.Thread(target=work) for _ in range(count)]
    start = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - start
    assert len(results) == runs // count * count
    assert all(results)
    return len(results) / seconds
