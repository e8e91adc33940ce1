"""Calls: every client beside its bare transport, in processes that take turns."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

from attrs import define, field, frozen

from bench.http.server import VALUE

WORKER = Path(__file__).with_name("worker.py")


@frozen(kw_only=True)
class Contestant:
    """A client, and the Python that has it."""

    name: str
    kind: str
    """Its function in ``worker.py``."""
    transport: str
    python: str
    folder: Path
    """Where its package is."""


@define
class Times:
    """Seconds of all calls."""

    bare: list[float] = field(factory=list)
    client: list[float] = field(factory=list)

    def over(self) -> float:
        """Microseconds that the client adds to its transport, by the medians."""
        return (median(self.client) - median(self.bare)) * 1e6

    def share(self) -> float:
        """The same as a share of the transport's time."""
        return median(self.client) / median(self.bare) - 1


def measure(contestants: list[Contestant], url: str, *, calls: int, rounds: int) -> dict[str, Times]:
    """All contestants in turn, several times.

    Raises:
        AssertionError: one of them read something else than the server sent; nothing is measured then.
        CalledProcessError: one of them failed.
    """
    for contestant in contestants:
        same(contestant.name, run(contestant, url, 1))
    times = {contestant.name: Times() for contestant in contestants}
    for _ in range(rounds):
        for contestant in contestants:
            answer = run(contestant, url, calls)
            times[contestant.name].bare += answer["bare"]
            times[contestant.name].client += answer["client"]
    return times


def run(contestant: Contestant, url: str, calls: int) -> dict[str, Any]:
    """One process."""
    ran = subprocess.run(
        [contestant.python, "-W", "ignore", str(WORKER), contestant.kind, url, str(calls)],
        capture_output=True, text=True, check=False, timeout=600, env={"PYTHONPATH": str(contestant.folder)},
    )  # fmt: skip
    if ran.returncode:
        raise RuntimeError(f"{contestant.name}: {ran.stderr.strip()[-2000:]}")
    answer: dict[str, Any] = json.loads(ran.stdout)
    return answer


def same(name: str, answer: Mapping[str, Any]) -> None:
    """Raises AssertionError where a contestant has not read what the server sent."""
    expected = [_moment(value) for value in VALUE.values()]
    value = [_moment(text) for text in answer["value"].values()]
    assert value == expected, f"{name} read {value}, not {expected}"
    assert json.loads(answer["body"]) == VALUE, f"{name}'s bare transport read {answer['body']!r}"


def _moment(value: Any) -> Any:
    return dt.datetime.fromisoformat(value) if isinstance(value, str) and value[:4].isdigit() else value


def table(contestants: list[Contestant], times_by_name: Mapping[str, Times]) -> list[str]:
    """Lines for people."""
    lines = [
        f"{'one GET over loopback':24}{'transport':>10}{'bare us':>9}{'client us':>11}{'added us':>10}{'share':>8}"
    ]
    for contestant in contestants:
        times = times_by_name[contestant.name]
        bare, client = median(times.bare) * 1e6, median(times.client) * 1e6
        lines.append(
            f"{contestant.name:24}{contestant.transport:>10}{bare:9.1f}{client:11.1f}{times.over():10.1f}{times.share():8.1%}"
        )
    return lines
