"""Timing that survives a busy machine: many short rounds, contestants in turn, the best and the median of each."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping

Run = Callable[[], object]


def microseconds(
    runs: Mapping[str, Run], *, loops: int, rounds: int = 60, clock: Callable[[], float] = time.perf_counter
) -> dict[str, tuple[float, float]]:
    """Best and median microseconds a call of each, measured in turn so that all meet the same weather.

    A clock of processor time measures what is not the work of others on the machine.
    """
    times_by_name: dict[str, list[float]] = {name: [] for name in runs}
    for run in runs.values():
        run()
    for _ in range(rounds):
        for name, run in runs.items():
            gc.collect()
            gc.disable()
            start = clock()
            for _ in range(loops):
                run()
            times_by_name[name].append((clock() - start) / loops * 1e6)
            gc.enable()
    return {name: (min(times), statistics.median(times)) for name, times in times_by_name.items()}


def table(
    title: str, times: Mapping[str, tuple[float, float]], *, per: int = 1, base: str = "bindwright"
) -> None:
    """Print one table; the ratio compares medians with ours."""
    print(f"\n{title} (µs per object)")
    print(f"  {'':24}{'best':>9}{'median':>9}{'of ours':>9}")
    ours = times[base][1]
    for name, (best, median) in times.items():
        print(f"  {name:24}{best / per:9.2f}{median / per:9.2f}{median / ours:8.2f}x")


def goal(words: str, reached: float, limit: float, *, at_most: bool) -> bool:
    """Print whether a goal is met."""
    met = reached <= limit if at_most else reached >= limit
    print(f"  {'met   ' if met else 'MISSED'} {words}: {reached:.2f} ({'≤' if at_most else '≥'} {limit})")
    return met
