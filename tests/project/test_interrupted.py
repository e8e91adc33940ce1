"""A run that is killed at any point leaves the old tree, or one that the next run makes whole."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from bindwright.project.output_tree import journal, journal_file
from bindwright.project.output_tree.folder import OutputFolder
from bindwright.project.output_tree.unchanged import journal_path

from .conftest import Project

ROOT = Path(__file__).parent.parent.parent
OLD = {"toy/a.py": "a = 1\n", "toy/b.py": "b = 1\n", "toy/gone/c.py": "c = 1\n"}
NEW = {
    "toy/a.py": "a = 2\n", "toy/b.py": "b = 1\n",
    "toy/fresh/d.py": "d = 1\n", "toy/fresh/deep/er/e.py": "e = 1\n", "toy/fresh/deep/f.py": "f = 1\n",
}  # fmt: skip


def killed(project: Project, after: int) -> int:
    command = [sys.executable, "-m", "tests.project.killed", str(project.root), str(after)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=300, check=False).returncode


def forked(project: Project, after: int) -> int:
    """`killed`, in a fork of this process: a hundred interpreters would take too long to start."""
    with warnings.catch_warnings():
        # From 3.12 on forking beside a thread warns; the test runner has one, which the child does not need.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        from .killed import arm

        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        arm(after)
        project.generate()
        os._exit(99)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("old", [OLD, {}], ids=["a change", "the first run"])
def test_a_kill_at_every_point(project: Project, old: dict[str, str]) -> None:
    template = project.root / "template"
    project.says(OLD)
    assert project.generate() == 0
    project.output.rename(template)
    if not old:
        shutil.rmtree(template)
        template.mkdir()
    project.says(NEW)
    states = set()
    for after in range(200):
        shutil.rmtree(project.output, ignore_errors=True)
        shutil.copytree(template, project.output)
        code = forked(project, after)
        if code == 99:
            break
        assert code == -signal.SIGKILL
        before_commit = not os.path.exists(journal_path(project.output))
        if before_commit:
            assert project.tree() in (old, NEW), f"killed at {after}"
        states.add((before_commit, project.tree() == old))
        assert project.generate() == 0
        assert project.tree() == NEW, f"killed at {after}"
        left = {path.name for path in (project.output / ".bindwright").iterdir()}
        assert not left & {"stage", "backup", "journal.json"}
        assert not (project.output / "toy/gone").exists()
    else:
        pytest.fail("the run never came to its end")
    assert after > (15 if old else 10)
    assert states >= {(True, True), (False, False)}, (
        "kills must have hit before and after the point of no return"
    )


def test_a_kill_of_a_whole_process(project: Project) -> None:
    project.says(NEW)
    assert killed(project, 5) == -signal.SIGKILL
    assert project.tree() == {}
    assert killed(project, 1000) == 99
    assert project.tree() == NEW


def test_an_interrupted_run_is_completed_even_for_a_broken_document(project: Project) -> None:
    project.says(OLD)
    project.generate()
    project.says(NEW)
    while forked_until_journal(project):
        pass
    project.says({}, error="broken")
    assert project.generate() == 2
    assert project.tree() == NEW


def forked_until_journal(project: Project, after: list[int] = [0]) -> bool:  # noqa: B006 - a counter
    after[0] += 1
    assert forked(project, after[0]) == -signal.SIGKILL
    return not os.path.exists(journal_path(project.output))


def test_an_edit_after_the_kill_is_kept(project: Project) -> None:
    project.says(OLD)
    project.generate()
    project.says(NEW)
    for after in range(100):
        assert forked(project, after) == -signal.SIGKILL
        if os.path.exists(journal_path(project.output)):
            break
    (project.output / "toy/a.py").write_text("mine\n")
    (project.output / "toy/gone/c.py").write_text("mine too\n")
    assert project.generate() == 0
    assert project.tree() == NEW
    assert (project.output / ".bindwright/edited/toy/a.py").read_text() == "mine\n"
    assert (project.output / ".bindwright/edited/toy/gone/c.py").read_text() == "mine too\n"


@pytest.mark.parametrize("failing", range(6))
def test_an_error_while_writing_puts_the_old_tree_back(
    project: Project, failing: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project.says(OLD)
    project.generate()
    before = project.tree(everything=True)
    project.says(NEW)
    moves = [0]
    original = journal._move

    def move(tree: OutputFolder, number: int, entry: journal.Entry) -> None:
        moves[0] += 1
        if moves[0] > failing:
            raise OSError(28, "No space left on device", entry.path)
        original(tree, number, entry)

    monkeypatch.setattr(journal, "_move", move)
    code = project.generate()
    monkeypatch.undo()
    if code == 0:
        assert failing >= 4, "two writes, the lock and one removal"
        return
    assert code == 2
    assert "No space left on device" in capsys.readouterr().err
    assert project.tree(everything=True) == before
    assert not (project.output / "toy/fresh").exists()


def test_a_full_disk_while_staging_leaves_the_old_tree(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.says(OLD)
    project.generate()
    before = project.tree(everything=True)
    project.says(NEW)

    def full(tree: OutputFolder, entries: list[journal.Entry]) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(journal_file, "write", full)
    assert project.generate() == 2
    assert project.tree(everything=True) == before


def test_ctrl_c_waits_for_the_moves(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.says(OLD)
    project.generate()
    project.says(NEW)
    original = journal._move

    def move(tree: OutputFolder, number: int, entry: journal.Entry) -> None:
        original(tree, number, entry)
        if number == 0:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(journal, "_move", move)
    assert project.generate() == 130
    assert project.tree() == NEW


def test_a_journal_that_a_power_failure_took_is_dropped(project: Project) -> None:
    project.says(OLD)
    project.generate()
    Path(journal_path(project.output)).write_bytes(b"")
    project.says(NEW)
    assert project.generate() == 0
    assert project.tree() == NEW
    assert not os.path.exists(journal_path(project.output))
