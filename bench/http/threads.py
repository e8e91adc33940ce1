"""Several threads at once with one client, beside the bare pool that it stands on: what both get done in a second."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from bench.http.server import VALUE
from bench.wire.threads import COUNTS, rate

ROOT = Path(__file__).parents[2]
Rates = dict[int, tuple[float, float]]
"""Calls a second of the bare pool and of the client, medians, by the number of threads."""


def measure(url: str, *, calls: int, rounds: int) -> Rates:
    """Both in a process of their own, whose threads share one client.

    Raises:
        CalledProcessError: a thread has read something else than the server sent; nothing is measured then.
    """
    paths = ":".join(map(str, (ROOT, ROOT / "codegen", ROOT / "generated")))
    ran = subprocess.run(
        [sys.executable, "-m", "bench.http.threads", url, str(calls), str(rounds)],
        capture_output=True, text=True, check=True, timeout=600, env={"PYTHONPATH": paths},
    )  # fmt: skip
    return {int(count): tuple(each) for count, each in json.loads(ran.stdout).items()}


def table(rates: Rates) -> list[str]:
    """Lines for people."""
    single = rates[COUNTS[0]][1]
    lines = [f"{'threads, one client':24}{'bare /s':>10}{'client /s':>11}{'of bare':>9}{'of one':>8}"]
    for count, (bare, client) in rates.items():
        lines.append(f"{count:<24}{bare:10.0f}{client:11.0f}{client / bare:9.2f}{client / single:8.2f}")
    return lines


def _runs(url: str) -> tuple[Callable[[], bool], Callable[[], bool]]:
    """A call of the bare pool and one of the client; each gives whether the answer is what was sent."""
    import urllib3
    from w50api import Client

    most = max(COUNTS)
    pool, client = urllib3.PoolManager(maxsize=most, block=True), Client(url)
    headers = {"Accept": "application/json"}
    first: Any = client.contact_lists.get_import_job(12, 34)
    assert first.total_contacts == VALUE["TotalContacts"]
    body = json.dumps(VALUE, separators=(",", ":")).encode()

    def bare() -> bool:
        return bool(pool.request("GET", f"{url}/contactLists/12/import/34", headers=headers).data == body)

    def call() -> bool:
        return bool(client.contact_lists.get_import_job(12, 34) == first)

    return bare, call


def main(url: str, calls: int, rounds: int) -> None:
    """Print one JSON object: the rates."""
    runs = _runs(url)
    rates_by_count: dict[int, tuple[list[float], list[float]]] = {count: ([], []) for count in COUNTS}
    for _ in range(rounds):  # in turn, so that a busy machine is busy for all
        for count, pair in rates_by_count.items():
            for run, rates in zip(runs, pair, strict=True):
                rates.append(rate(run, count, calls))
    print(json.dumps({count: tuple(map(median, pair)) for count, pair in rates_by_count.items()}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
