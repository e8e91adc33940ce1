"""Two branches that each generated are merged, and the next run goes on with the names of both."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bindwright.project.output_tree import json_lines, lock, merged_lock
from hypothesis import given
from hypothesis import strategies as st

from .conftest import Project

KEYS = st.text(alphabet='abcdxy:{}"\\,é', min_size=1, max_size=3)
NAMES = st.recursive(
    st.text(max_size=3), lambda inner: st.dictionaries(KEYS, inner, max_size=3), max_leaves=6
)
TABLES = st.dictionaries(KEYS, NAMES, max_size=3)
FILES = {"toy/a.py": "a\n"}


def git(folder: Path, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    settings = ["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main"]
    return subprocess.run(["git", *settings, *words], cwd=folder, check=check, capture_output=True, text=True)


@pytest.fixture
def branches(project: Project) -> Callable[..., Project]:
    """A repository in which two branches generated different names from the same start."""

    def make(ours: dict[str, Any], theirs: dict[str, Any], attributes: bool) -> Project:
        git(project.root, "init", "-q")
        if not attributes:
            project.output.mkdir()
            (project.output / ".gitattributes").write_text("# our own, which says nothing of locks\n")
        save(project, {})
        git(project.root, "branch", "theirs")
        save(project, ours)
        git(project.root, "checkout", "-q", "theirs")
        save(project, theirs)
        git(project.root, "checkout", "-q", "main")
        return project

    return make


def save(project: Project, names: dict[str, Any]) -> None:
    project.says(FILES, names={"classes": {"Base": "Base", **names}}, names_of=sorted(names))
    assert project.generate() == 0
    git(project.root, "add", "-A")
    git(project.root, "commit", "-qm", "generated")


@pytest.mark.parametrize("attributes", [True, False], ids=["attributes", "conflict marks"])
def test_the_next_run_settles_a_merge(branches: Callable[..., Project], attributes: bool) -> None:
    project = branches({"Cat": {"x": "cat"}}, {"Dog": {"y": "dog"}}, attributes)
    merge = git(project.root, "merge", "theirs", "-q", check=False)
    text = (project.output / "bindwright.lock").read_text()
    assert ("<<<<<<<" in text) != attributes, merge.stdout
    project.says(FILES, names={})  # the toy target keeps the names of the lock that it is given
    assert project.generate(check=True) == 5
    assert project.generate() == 0
    names = json.loads((project.output / "bindwright.lock").read_text())["names"]["classes"]
    assert names == {"Base": "Base", "Cat": {"x": "cat"}, "Dog": {"y": "dog"}}
    assert project.generate(check=True) == 0


def test_a_rebase_in_diff3_style_is_settled(branches: Callable[..., Project]) -> None:
    project = branches({"Cat": "Cat"}, {"Dog": "Dog"}, attributes=False)
    git(project.root, "-c", "merge.conflictStyle=diff3", "rebase", "-q", "theirs", check=False)
    assert "|||||||" in (project.output / "bindwright.lock").read_text()
    project.says(FILES, names={})
    assert project.generate() == 0
    names = json.loads((project.output / "bindwright.lock").read_text())["names"]["classes"]
    assert names == {"Base": "Base", "Cat": "Cat", "Dog": "Dog"}


def test_an_unchanged_clone_with_a_merged_lock_is_written(branches: Callable[..., Project]) -> None:
    project = branches({"Cat": "Cat"}, {"Cat": "Cat"}, attributes=True)
    path = project.output / "bindwright.lock"
    before = path.read_text()
    path.write_text(before.replace('   "Cat": "Cat"', '   "Cat": "Cat",\n   "Cat": "Cat"'))
    shutil.rmtree(project.output / ".bindwright")
    assert project.generate() == 0
    assert path.read_text() == before


@given(TABLES, TABLES, TABLES)
def test_every_name_of_both_sides_is_kept(base: Any, ours: Any, theirs: Any) -> None:
    """What git would write with `merge=union`, whatever the lines are."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        sides = [{**base, **ours}, base, {**base, **theirs}]
        for name, side in zip(("ours", "base", "theirs"), sides, strict=True):
            known = lock.Lock("1", "p", "o", {}, {}, {"classes": side})
            Path(folder, name).write_bytes(known.to_bytes())
        merged = git(Path(folder), "merge-file", "-p", "--union", "ours", "base", "theirs").stdout
    classes = merged_lock.read(merged)[0]["names"]["classes"]
    assert {*ours, *theirs} <= {*classes, *base}


def test_lines_of_a_table_that_is_gone_are_left_out() -> None:
    text = '{\n "format": 1,\n "names": {\n  "a": "x",\n    "lost": "y",\n  "b": "z"\n }\n'
    assert merged_lock.read(text) == ({"format": 1, "names": {"a": "x", "b": "z"}}, True)


@given(TABLES)
def test_indentation_says_what_braces_say(table: Any) -> None:
    text = json_lines.dumps({"format": 1, "names": table}, sort=True).decode()
    assert merged_lock._by_indentation(text) == json.loads(text)


def test_older_names_of_both_branches_are_kept() -> None:
    def locked(*names: str, **more: str) -> str:
        table = {"aliases": {"classes": {"#/A": list(names)}}, "classes": {"#/A": "A", **more}}
        return json_lines.dumps({"format": 1, "names": table}, sort=True).decode()

    ours, theirs = locked("Old"), locked("Older", z="Z")
    assert merged_lock._by_indentation(ours) == json.loads(ours)
    text = ours.replace('     "Old"\n', '<<<<<<< ours\n     "Old"\n=======\n     "Older"\n>>>>>>> theirs\n')
    value, merged = merged_lock.read(text)
    assert merged
    assert value["names"]["aliases"]["classes"]["#/A"] == ["Old", "Older"]
    assert merged_lock.read(theirs) == (json.loads(theirs), False)
