"""An output folder that somebody else prepared: whatever stands in it, a run touches nothing outside of it.

Each example plants links, FIFOs, folders, huge files, and locks, journals and memories with hostile fields in the
output folder of a project, and runs the generator over it. What must hold: the run ends, with an exit code that is
documented, everything outside is as it was, and a file that was never generated is as it was.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .conftest import Project

PLACES = [
    ".bindwright", "bindwright.lock", "bindwright.lock.new", "toy", "toy/a.py", "toy/inner", "toy/inner/c.py", "pyproject.toml",
    *(f".bindwright/{name}" for name in (
        "stage", "backup", "edited", "mutex", ".gitignore", "memory.json", "memory.json.new", "coverage.json",
        "coverage.json.new", "journal.json", "journal.json.new", "stage/0", "backup/0", "edited/toy",
    )),
]  # fmt: skip
LETTER = b"precious\n"
DIGEST = hashlib.sha256(LETTER).hexdigest()
SCALARS = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "x", "\0", DIGEST])
PATHS = st.sampled_from(
    [
        "../outside/letter.txt", "toy/../../outside/letter.txt", "/etc/hostname", "toy/a.py", "toy/b.py", "mine.txt", "..", ".", "",
        "a\0b", "toy\\..\\x", "C:letter.txt", ".git/config", ".bindwright/x", "bindwright.lock", "toy", "x" * 300, "toy/inner",
    ]
)  # fmt: skip
PLANTS = st.tuples(
    st.sampled_from(["link", "folder link", "dangling", "fifo", "folder", "huge"]), st.sampled_from(PLACES)
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PATHS, inner, max_size=3),
    max_leaves=6,
)
ENTRIES = st.lists(
    st.tuples(
        PATHS, st.sampled_from([None, DIGEST, "folder"]), st.sampled_from([None, DIGEST]), st.booleans(),
        st.dictionaries(PATHS, st.just(DIGEST), max_size=2),
    ) | JSON, max_size=3,
)  # fmt: skip


def plant(project: Project, kind: str, place: str) -> None:
    path = project.output / place
    if leads_out(project, path):
        return
    with contextlib.suppress(OSError):  # a plant before it may stand in the way
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        if kind == "link":
            path.symlink_to(project.root / "outside/letter.txt")
        elif kind == "folder link":
            path.symlink_to(project.root / "outside")
        elif kind == "dangling":
            path.symlink_to(project.root / "outside/new.txt")
        elif kind == "fifo":
            os.mkfifo(path)
        elif kind == "folder":
            path.mkdir()
        else:
            with open(path, "wb") as file:
                file.truncate(1 << 30)


def leads_out(project: Project, path: Path) -> bool:
    """Whether a link that was planted before would take this plant out of the folder."""
    return project.output.resolve() not in [*path.parent.resolve().parents, path.parent.resolve()]


def snapshot(folder: Path) -> dict[str, bytes | str]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else "folder"
        for path in sorted(folder.rglob("*"))
    }


def changed_table(project: Project, name: str, table: dict[str, Any], data: st.DataObject) -> None:
    """A lock or memory of ours in which some fields are somebody else's."""
    for key in data.draw(st.lists(st.sampled_from(sorted(table)), max_size=2)):
        value = table[key]
        if isinstance(value, dict) and data.draw(st.booleans()):
            table[key] = {**value, **data.draw(st.dictionaries(PATHS, st.just(DIGEST) | JSON, max_size=3))}
        else:
            table[key] = data.draw(JSON)
    path = project.output / name
    if not path.is_symlink() and not leads_out(project, path) and (path.is_file() or not path.exists()):
        with contextlib.suppress(OSError):
            path.parent.mkdir(exist_ok=True)
            path.write_text(json.dumps(table))


@contextlib.contextmanager
def ends_within(seconds: int) -> Iterator[None]:
    def end(number: int, frame: object) -> None:
        raise AssertionError("the run waits for something that was planted")

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_nothing_outside_is_touched(project: Project, data: st.DataObject) -> None:
    outside = project.root / "outside"
    for folder in (project.output, outside):
        shutil.rmtree(folder, ignore_errors=True)
    outside.mkdir()
    (outside / "letter.txt").write_bytes(LETTER)
    (outside / "folder").mkdir()
    files = {"toy/a.py": "a = 1\n", "toy/b.py": "b = 1\n", "toy/inner/c.py": "c = 1\n"}
    project.says(files)
    assert project.generate() == 0
    lock = json.loads((project.output / "bindwright.lock").read_text())
    memory = json.loads((project.output / ".bindwright/memory.json").read_text())
    (project.output / "mine.txt").write_bytes(b"mine\n")
    before = snapshot(outside)
    if data.draw(st.booleans(), "as cloned"):
        shutil.rmtree(project.output / ".bindwright")
    if data.draw(st.booleans(), "journal"):
        (project.output / ".bindwright/stage").mkdir(parents=True)
        (project.output / ".bindwright/stage/0").write_bytes(LETTER)
        stage = (project.output / ".bindwright/stage").stat()
        numbers = data.draw(st.sampled_from([[stage.st_dev, stage.st_ino], [1, 2], None]))
        table = {"format": 2, "stage": numbers, "entries": data.draw(ENTRIES)}
        (project.output / ".bindwright/journal.json").write_text(json.dumps(table))
    for kind, place in data.draw(st.lists(PLANTS, max_size=3), "plants"):
        plant(project, kind, place)
    if data.draw(st.booleans(), "lock"):
        changed_table(project, "bindwright.lock", lock, data)
    if data.draw(st.booleans(), "memory"):
        changed_table(project, ".bindwright/memory.json", memory, data)
    if data.draw(st.booleans(), "changed document"):
        project.says({"toy/a.py": "a = 2\n", "toy/new/d.py": "d = 1\n"})
    with ends_within(60):
        codes = [project.generate(check=True), project.generate(), project.generate(force=True)]
    assert set(codes) <= {0, 2, 3, 4, 5}, codes
    assert snapshot(outside) == before
    assert (project.output / "mine.txt").read_bytes() == b"mine\n" or "mine.txt" in lock["files"]


@pytest.mark.parametrize("name", ["stage", "backup"])
def test_a_folder_of_the_run_is_a_link(
    project: Project, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a fresh clone that is up to date: nothing is emptied."""
    project.says({"toy/a.py": "a\n"})
    project.generate()
    shutil.rmtree(project.output / ".bindwright")
    outside = project.root / "outside"
    outside.mkdir()
    (outside / "letter.txt").write_bytes(LETTER)
    (project.output / ".bindwright").mkdir()
    (project.output / ".bindwright" / name).symlink_to(outside)
    assert project.generate() == 2
    assert "help: remove the link" in capsys.readouterr().err
    assert (outside / "letter.txt").read_bytes() == LETTER


@pytest.mark.parametrize("name", ["mutex", "memory.json.new", "coverage.json.new", "journal.json.new"])
def test_a_file_of_the_run_is_a_link(project: Project, name: str) -> None:
    outside = project.root / "letter.txt"
    outside.write_bytes(LETTER)
    (project.output / ".bindwright").mkdir(parents=True)
    (project.output / ".bindwright" / name).symlink_to(outside)
    project.says({"toy/a.py": "a\n"})
    project.generate()
    assert outside.read_bytes() == LETTER


def test_a_journal_from_elsewhere_is_not_believed(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.says({"toy/a.py": "a\n"})
    project.generate()
    (project.output / ".bindwright/stage").mkdir()
    (project.output / ".bindwright/stage/0").write_bytes(LETTER)
    entries = [["toy/a.py", DIGEST, None, False, {}]]
    journal = {"format": 2, "stage": [1, 2], "entries": entries}
    (project.output / ".bindwright/journal.json").write_text(json.dumps(journal))
    assert project.generate() == 2
    assert "error[journal]" in capsys.readouterr().err
    assert project.tree() == {"toy/a.py": "a\n"}


def test_what_is_staged_must_have_its_hash(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.says({"toy/a.py": "a\n"})
    project.generate()
    (project.output / ".bindwright/stage").mkdir()
    (project.output / ".bindwright/stage/0").write_bytes(b"something else\n")
    stage = (project.output / ".bindwright/stage").stat()
    entries = [["toy/a.py", DIGEST, None, False, {}]]
    journal = {"format": 2, "stage": [stage.st_dev, stage.st_ino], "entries": entries}
    (project.output / ".bindwright/journal.json").write_text(json.dumps(journal))
    assert project.generate() == 2
    assert "of other files than those that are staged" in capsys.readouterr().err
    assert project.tree() == {"toy/a.py": "a\n"}
