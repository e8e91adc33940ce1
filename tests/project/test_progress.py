"""Progress is for terminals and for long runs; everyone else never sees it."""

from __future__ import annotations

import io
import sys
import threading
import time

import pytest
from bindwright.project.console import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_nothing_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    display = progress.Progress()
    display.stage("reading")
    time.sleep(0.1)
    display.end()
    assert sys.stderr.getvalue() == ""  # type: ignore[attr-defined]


def test_nothing_for_a_short_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 30.0)  # what is short must not depend on the machine
    monkeypatch.setattr(sys, "stderr", Terminal())
    display = progress.Progress()
    display.stage("reading")
    display.end()
    assert sys.stderr.getvalue() == ""  # type: ignore[attr-defined]


def test_the_stage_of_a_long_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.05)
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    display = progress.Progress()
    for stage in ("reading", "lowering"):
        display.stage(stage)
        deadline = time.monotonic() + 30
        while stage not in sys.stderr.getvalue():  # type: ignore[attr-defined]
            assert time.monotonic() < deadline, f"{stage} is not shown"
            time.sleep(0.02)
    display.end()


def test_times_of_stages() -> None:
    display = progress.Progress(enabled=False)
    display.stage("reading")
    time.sleep(0.02)
    display.stage("lowering")
    display.end()
    assert list(display.times) == ["reading", "lowering"]
    assert display.times["reading"] >= 0.02


@pytest.mark.parametrize("patience", [0.05, 30.0], ids=["shown", "not shown yet"])
def test_nothing_else_runs_where_the_process_may_be_forked(
    patience: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "PATIENCE", patience)
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    # Not their number: the thread of an earlier test's display may end in between.
    others = set(threading.enumerate())
    display = progress.Progress()
    display.stage("writing code")
    deadline = time.monotonic() + 30
    while patience < 1 and display._status is None:
        assert time.monotonic() < deadline, "nothing is shown"
        time.sleep(0.02)
    with display.without_threads():
        assert set(threading.enumerate()) <= others
    assert not set(threading.enumerate()) <= others
    display.end()
    assert ("writing code ..." in sys.stderr.getvalue()) == (patience < 1)  # type: ignore[attr-defined]
