"""Two runs at once."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from bindwright.project import run
from bindwright.project.errors import CommandError
from bindwright.project.output_tree import mutex
from bindwright.project.output_tree.mutex import exclusive

from .conftest import Project


def test_the_second_is_refused_and_told_who_is_there(tmp_path: Path) -> None:
    with (
        exclusive(str(tmp_path)),
        pytest.raises(CommandError) as caught,
        exclusive(str(tmp_path), patience=0.1),
    ):
        pytest.fail("two at once")
    assert caught.value.code == "busy"
    assert f"process {os.getpid()}" in caught.value.message
    with exclusive(str(tmp_path), patience=0):
        pass


def test_the_second_waits(tmp_path: Path) -> None:
    order: list[str] = []
    inside = threading.Event()

    def second() -> None:
        inside.wait()
        with exclusive(str(tmp_path)):
            order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with exclusive(str(tmp_path)):
        inside.set()
        thread.join(0.2)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_a_run_that_was_overtaken_starts_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.says({"toy/a.py": "a\n"}, names={"A": "a"})
    original = run.writable_candidate
    overtaken = []

    def writable_candidate(*arguments: object) -> object:
        if not overtaken:
            overtaken.append(True)
            project.says({"toy/a.py": "a\n", "toy/b.py": "b\n"}, names={"B": "b"})
            assert project.generate() == 0
            project.says({"toy/a.py": "a\n"}, names={"A": "a"})
        return original(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(run, "writable_candidate", writable_candidate)
    assert project.generate() == 0
    assert project.tree() == {"toy/a.py": "a\n"}, "what the other run wrote is known to be ours"


def test_impatience_ends_in_a_refusal(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.says({"toy/a.py": "a\n"})
    project.generate()
    monkeypatch.setattr(mutex.exclusive.__wrapped__, "__defaults__", (0.05,))  # type: ignore[attr-defined]
    project.says({"toy/a.py": "b\n"})
    with exclusive(str(project.output)):
        assert project.generate() == 2
    assert project.tree() == {"toy/a.py": "a\n"}
