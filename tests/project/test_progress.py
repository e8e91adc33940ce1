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
    shown = progress.Progress()
    shown.stage("reading")
    time.sleep(0.1)
    shown.end()
    assert sys.stderr.getvalue() == ""  # type: ignore[attr-defined]


def test_nothing_for_a_short_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 30.0)  # what is short must not depend on the machine
    monkeypatch.setattr(sys, "stderr", Terminal())
    shown = progress.Progress()
    shown.stage("reading")
    shown.end()
    assert sys.stderr.getvalue() == ""  # type: ignore[attr-defined]


def test_the_stage_of_a_long_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.05)
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    shown = progress.Progress()
    for stage in ("reading", "lowering"):
        shown.stage(stage)
        deadline = time.monotonic() + 30
        while stage not in sys.stderr.getvalue():  # type: ignore[attr-defined]
            assert time.monotonic() < deadline, f"{stage} is not shown"
            time.sleep(0.02)
    shown.end()


def test_times_of_stages() -> None:
    shown = progress.Progress(enabled=False)
    shown.stage("reading")
    time.sleep(0.02)
    shown.stage("lowering")
    shown.end()
    assert list(shown.times) == ["reading", "lowering"]
    assert shown.times["reading"] >= 0.02


@pytest.mark.parametrize("patience", [0.05, 30.0], ids=["shown", "not shown yet"])
def test_nothing_else_runs_where_the_process_may_be_forked(
    patience: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "PATIENCE", patience)
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    before = threading.active_count()
    shown = progress.Progress()
    shown.stage("writing code")
    deadline = time.monotonic() + 30
    while patience < 1 and shown._status is None:
        assert time.monotonic() < deadline, "nothing is shown"
        time.sleep(0.02)
    with shown.alone():
        assert threading.active_count() == before
    assert threading.active_count() > before
    shown.end()
    assert ("writing code ..." in sys.stderr.getvalue()) == (patience < 1)  # type: ignore[attr-defined]
