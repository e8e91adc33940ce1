"""``--watch``: one run a change, through states that cannot be generated, to a clean end."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bindwright.project import watch

from .conftest import Project

ROOT = Path(__file__).parent.parent.parent
CHILD = """
import os, sys
from pathlib import Path
from tests.project.conftest import Project, install
install(setattr)
project = Project(Path(sys.argv[1]))
os.chdir(project.root)
os._exit(project.generate(watch=True))
"""


@pytest.fixture
def watching(project: Project) -> Iterator[subprocess.Popen[str]]:
    project.says({"toy/a.py": "a = 1\n"})
    command = [sys.executable, "-c", CHILD, str(project.root)]
    with (project.root / "errors").open("w") as errors:
        child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True)
        try:
            yield child
        finally:
            child.kill()
            child.communicate()


def until(true: Callable[[], bool], seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.02)


def test_a_session(project: Project, watching: subprocess.Popen[str]) -> None:
    until(lambda: project.output.exists() and project.tree() == {"toy/a.py": "a = 1\n"})
    project.says({"toy/a.py": "a = 22\n"})
    until(lambda: project.tree() == {"toy/a.py": "a = 22\n"})
    errors = project.root / "errors"
    project.document.write_text('{"files": ')
    until(lambda: "toy-syntax" in errors.read_text())
    assert project.tree() == {"toy/a.py": "a = 22\n"}, "a broken state leaves the tree"
    before = errors.read_text()
    project.document.unlink()
    until(lambda: errors.read_text() != before)
    project.says({"toy/b.py": "b = 333\n"})
    until(lambda: project.tree() == {"toy/b.py": "b = 333\n"})
    assert watching.poll() is None
    watching.send_signal(signal.SIGINT)
    out, _ = watching.communicate(timeout=90)
    assert watching.returncode == 0
    assert "stopped watching" in out
    assert "Traceback" not in errors.read_text()


def test_waits_until_saving_has_settled(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("1")
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) <= 4:
            file.write_text("x" * (len(slept) + 5))

    watch.await_change(watch.snapshot([str(file)]), sleep)
    assert slept.count(watch.SETTLED) >= 4, "each save in a row puts the run off"


def test_a_save_during_the_run_starts_another(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from bindwright.project import run
    from bindwright.project.console.messages import Messages

    project.says({"toy/a.py": "a = 1\n"})
    original = run.generate
    runs = [0]
    slept: list[int] = []

    def generate(*arguments: object) -> object:
        runs[0] += 1
        done = original(*arguments)  # type: ignore[arg-type]
        if runs[0] == 2:
            project.says({"toy/a.py": "a = 3\n", "toy/b.py": ""})
        return done

    def sleep(seconds: float) -> None:
        slept.append(runs[0])
        if slept.count(1) == 1 and runs[0] == 1:
            project.says({"toy/a.py": "a = 20\n"})
        elif runs[0] >= 3 or len(slept) > 100:
            raise KeyboardInterrupt

    monkeypatch.setattr(run, "generate", generate)
    assert watch.watch(project.flags(watch=True), Messages(quiet=True), sleep) == 0
    assert runs[0] == 3
    assert project.tree() == {"toy/a.py": "a = 3\n", "toy/b.py": ""}
