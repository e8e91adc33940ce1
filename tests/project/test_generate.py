"""What a run writes, removes, keeps and refuses."""

from __future__ import annotations

import json
import os

import pytest
from bindwright.project.output_tree.lock import parse

from .conftest import Project


def test_writes_files_and_lock(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.says({"toy/a.py": "a = 1\n", "toy/deep/b.py": "b = 1\n"}, names={"A": "a"})
    assert project.generate() == 0
    assert project.tree() == {"toy/a.py": "a = 1\n", "toy/deep/b.py": "b = 1\n"}
    lock = parse((project.output / "bindwright.lock").read_bytes())
    assert sorted(lock.files) == [".gitattributes", "toy/a.py", "toy/deep/b.py"]
    assert list(lock.inputs) == ["toy.json"]
    assert lock.names == {"A": "a"}
    assert "0 degraded" in capsys.readouterr().out


def test_touches_nothing_when_nothing_changed(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.says({"toy/a.py": "a = 1\n"})
    project.generate()
    before = project.stamps()
    capsys.readouterr()
    assert project.generate() == 0
    assert project.stamps() == before
    assert "nothing changed" in capsys.readouterr().out


def test_touches_only_what_changed(project: Project) -> None:
    project.says({"toy/a.py": "a = 1\n", "toy/b.py": "b = 1\n"})
    project.generate()
    before = project.stamps()
    project.says({"toy/a.py": "a = 1\n", "toy/b.py": "b = 2\n"})
    project.generate()
    changed = {path for path, stamp in project.stamps().items() if before.get(path) != stamp}
    files = {os.path.relpath(path, project.output) for path in changed if os.path.isfile(path)}
    assert {name for name in files if not name.startswith((".bindwright", ".."))} == {
        "toy/b.py",
        "bindwright.lock",
    }


def test_lock_changes_by_lines(project: Project) -> None:
    project.says({f"toy/m{n}.py": f"{n}\n" for n in range(9)}, names={f"M{n}": f"m{n}" for n in range(9)})
    project.generate()
    before = (project.output / "bindwright.lock").read_text().splitlines()
    project.says({f"toy/m{n}.py": f"{n}\n" for n in range(8)} | {"toy/m8.py": "new\n"}, names={"M9": "m9"})
    project.generate()
    after = (project.output / "bindwright.lock").read_text().splitlines()
    assert len(set(after) - set(before)) <= 4, "one file, one name, the input's hash, a comma"


def test_removes_files_of_deleted_schemas_and_empty_folders(project: Project) -> None:
    project.says({"toy/a.py": "a\n", "toy/old/b.py": "b\n"})
    project.generate()
    cache = project.output / "toy/old/__pycache__"
    cache.mkdir()
    (cache / "b.cpython-311.pyc").write_bytes(b"")
    project.says({"toy/a.py": "a\n"})
    project.generate()
    assert project.tree() == {"toy/a.py": "a\n"}
    assert not (project.output / "toy/old").exists()


def test_keeps_an_edited_file_of_a_deleted_schema(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.says({"toy/a.py": "a\n", "toy/b.py": "b\n"})
    project.generate()
    (project.output / "toy/b.py").write_text("mine\n")
    project.says({"toy/a.py": "a\n"})
    assert project.generate() == 0
    assert project.tree() == {"toy/a.py": "a\n", "toy/b.py": "mine\n"}
    assert "toy/b.py" in capsys.readouterr().err


def test_force_removes_an_edited_file_of_a_deleted_schema(project: Project) -> None:
    project.says({"toy/a.py": "a\n", "toy/b.py": "b\n"})
    project.generate()
    (project.output / "toy/b.py").write_text("mine\n")
    project.says({"toy/a.py": "a\n"})
    assert project.generate(force=True) == 0
    assert project.tree() == {"toy/a.py": "a\n"}


def test_sets_an_edited_file_aside(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.says({"toy/a.py": "a\n"})
    project.generate()
    (project.output / "toy/a.py").write_text("mine\n")
    assert project.generate() == 0
    assert project.tree() == {"toy/a.py": "a\n"}
    assert (project.output / ".bindwright/edited/toy/a.py").read_text() == "mine\n"
    assert "edited" in capsys.readouterr().err


def test_never_overwrites_a_file_of_others(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    (project.output / "toy").mkdir(parents=True)
    (project.output / "toy/a.py").write_text("mine\n")
    project.says({"toy/a.py": "a\n", "toy/b.py": "b\n"})
    before = project.stamps()
    assert project.generate() == 2
    assert project.stamps() == before
    assert "file-exists" in capsys.readouterr().err
    assert project.generate(force=True) == 0
    assert project.tree()["toy/a.py"] == "a\n"
    assert (project.output / ".bindwright/edited/toy/a.py").read_text() == "mine\n"


def test_leaves_files_of_others_alone(project: Project) -> None:
    project.says({"toy/a.py": "a\n"})
    project.generate()
    (project.output / "toy/mine.py").write_text("mine\n")
    project.says({"toy/b.py": "b\n"})
    project.generate()
    assert project.tree() == {"toy/b.py": "b\n", "toy/mine.py": "mine\n"}


def test_adopts_equal_files_without_a_lock(project: Project) -> None:
    project.says({"toy/a.py": "a\n"})
    project.generate()
    (project.output / "bindwright.lock").unlink()
    assert project.generate() == 0
    assert (project.output / "bindwright.lock").exists()


def test_restores_a_deleted_file(project: Project) -> None:
    project.says({"toy/a.py": "a\n", "toy/b.py": "b\n"})
    project.generate()
    (project.output / "toy/a.py").unlink()
    project.generate()
    assert project.tree() == {"toy/a.py": "a\n", "toy/b.py": "b\n"}


def test_writes_nothing_for_a_bad_document(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.says({}, error="impossible")
    before = project.stamps()
    assert project.generate() == 2
    assert project.stamps() == before
    assert not project.output.exists()
    assert "error[toy]: impossible" in capsys.readouterr().err


def test_strict_refuses_degraded_parts(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.says({"toy/a.py": "a\n"}, degraded=2)
    assert project.generate(strict=True) == 2
    assert not project.output.exists()
    assert "2 parts" in capsys.readouterr().err
    assert project.generate() == 0
    assert project.generate(strict=True) == 2, "what the last run remembered must not hide it"


def test_writes_the_coverage_report(project: Project) -> None:
    project.says({"toy/a.py": "a\n"}, degraded=1)
    copy = project.root / "report.json"
    project.generate(json_report=str(copy))
    expected = {"totals": {"schema": {"full": 1, "degraded": 1}}}
    assert json.loads((project.output / ".bindwright/coverage.json").read_text()) == expected
    assert json.loads(copy.read_text()) == expected


@pytest.mark.parametrize(
    "path",
    [
        "../out.py",
        "/etc/x.py",
        "a/../../b.py",
        "a//b.py",
        "c:/x.py",
        "a\\b.py",
        "bindwright.lock",
        ".bindwright/x",
        "x" * 101,
    ],
)
def test_no_path_leaves_the_output_folder(
    project: Project, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    project.says({path: "x\n"})
    assert project.generate() == 2
    assert not project.output.exists()
    assert "output-path" in capsys.readouterr().err


def test_no_symbolic_link_leads_out(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    outside = project.root / "outside"
    outside.mkdir()
    project.output.mkdir()
    (project.output / "toy").symlink_to(outside)
    project.says({"toy/a.py": "a\n"})
    assert project.generate() == 2
    assert "help: remove the link" in capsys.readouterr().err
    assert list(outside.iterdir()) == []


def test_paths_that_differ_in_case_are_refused(project: Project) -> None:
    project.says({"toy/a.py": "a\n", "toy/A.py": "a\n"})
    assert project.generate() == 2


def test_a_damaged_lock_is_a_diagnostic(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.says({"toy/a.py": "a\n"})
    project.generate()
    lock = project.output / "bindwright.lock"
    lock.write_text(lock.read_text().replace('"files": {', '"files": {{'))
    assert project.generate() == 2
    assert "lock-unreadable" in capsys.readouterr().err


def test_a_later_lock_is_a_diagnostic(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.says({"toy/a.py": "a\n"})
    project.generate()
    lock = project.output / "bindwright.lock"
    lock.write_text(lock.read_text().replace('"format": 1', '"format": 99'))
    assert project.generate() == 2
    assert "lock-format" in capsys.readouterr().err


def test_an_unchanged_tree_is_known_without_what_was_remembered(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.says({"toy/a.py": "a\n"})
    project.generate()
    (project.output / ".bindwright/memory.json").unlink()
    capsys.readouterr()
    assert project.generate() == 0
    assert "nothing changed" in capsys.readouterr().out


def test_an_edit_is_seen_without_what_was_remembered(project: Project) -> None:
    project.says({"toy/a.py": "a\n"})
    project.generate()
    (project.output / ".bindwright/memory.json").unlink()
    (project.output / "toy/a.py").write_text("mine\n")
    project.generate()
    assert project.tree() == {"toy/a.py": "a\n"}


def test_an_included_file_counts(project: Project) -> None:
    part = project.root / "part.json"
    part.write_text("1")
    os.utime(part, (1, 1))
    project.says({"toy/a.py": "a\n"}, include=["part.json"])
    project.generate()
    before = (project.output / "bindwright.lock").read_text()
    part.write_text("2")
    os.utime(part, (1, 1))
    project.generate()
    assert (project.output / "bindwright.lock").read_text() != before


def test_other_options_make_another_run(project: Project) -> None:
    project.says({"toy/a.py": "a\n"})
    project.generate()
    before = (project.output / "bindwright.lock").read_text()
    project.generate(package="other")
    assert (project.output / "bindwright.lock").read_text() != before


def test_the_attributes_for_git_are_added_where_there_are_none(project: Project) -> None:
    project.says({"toy/a.py": "a\n"})
    project.generate()
    assert "bindwright.lock merge=union" in (project.output / ".gitattributes").read_text()


def test_attributes_of_others_stay(project: Project) -> None:
    project.output.mkdir()
    (project.output / ".gitattributes").write_text("mine\n")
    project.says({"toy/a.py": "a\n"})
    assert project.generate() == 0
    assert (project.output / ".gitattributes").read_text() == "mine\n"


def test_line_ends_of_a_checkout_are_no_edit(project: Project) -> None:
    project.says({"toy/a.py": "a\n", "toy/b.py": "b\n"})
    project.generate()
    for path in [project.document, *project.output.rglob("*.py"), project.output / "bindwright.lock"]:
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    project.document.write_bytes(project.document.read_bytes() + b"\r\n")
    lock = (project.output / "bindwright.lock").read_bytes()
    assert project.generate(check=True) == 3, "a line more in the document is a change"
    project.document.write_bytes(project.document.read_bytes().removesuffix(b"\r\n"))
    assert project.generate(check=True) == 0
    assert project.generate() == 0
    assert (project.output / "bindwright.lock").read_bytes() == lock
    assert (project.output / "toy/a.py").read_bytes() == b"a\r\n"
