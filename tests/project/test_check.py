"""``--check``: who moved, told by exit codes, with nothing written."""

from __future__ import annotations

import pytest
from bindwright.project import prepare as attempt
from bindwright.project.output_tree import lock

from .conftest import Project

FILES = {"toy/a.py": "a = 1\n", "toy/b.py": "b = 1\n"}


@pytest.fixture
def generated(project: Project) -> Project:
    project.says(FILES)
    assert project.generate() == 0
    return project


def checked(project: Project) -> int:
    before = project.stamps()
    code = project.generate(check=True)
    assert project.stamps() == before, "a check writes nothing"
    return code


def test_a_project_as_it_was_generated_passes(generated: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(generated) == 0


def test_nothing_was_generated(project: Project) -> None:
    project.says(FILES)
    assert checked(project) == 3
    assert not project.output.exists()


def test_the_document_moved(generated: Project, capsys: pytest.CaptureFixture[str]) -> None:
    generated.says({**FILES, "toy/a.py": "a = 2\n", "toy/c.py": "c = 1\n"})
    capsys.readouterr()
    assert checked(generated) == 3
    out = capsys.readouterr().out
    assert "the document moved: toy.json" in out
    assert "M toy/a.py (+1 -1)" in out
    assert "A toy/c.py (+1 -0)" in out
    assert "-a = 1\n+a = 2\n" in out


def test_a_file_is_generated_no_more(generated: Project, capsys: pytest.CaptureFixture[str]) -> None:
    generated.says({"toy/a.py": "a = 1\n"})
    assert checked(generated) == 3
    assert "D toy/b.py" in capsys.readouterr().out


def test_only_the_text_of_the_document_moved(generated: Project) -> None:
    generated.document.write_text(generated.document.read_text() + "\n")
    assert checked(generated) == 3, "generating would write the lock"


def test_the_configuration_moved(generated: Project) -> None:
    assert generated.generate(check=True, package="other") == 3


def test_another_version_of_the_generator(
    generated: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(attempt, "__version__", "99.0")
    assert checked(generated) == 4
    assert "99.0" in capsys.readouterr().out


def test_the_same_version_writes_something_else(generated: Project) -> None:
    path = generated.output / "bindwright.lock"
    known = lock.parse(path.read_bytes())
    path.write_bytes(known._replace(names={"Old": "old"}).to_bytes())
    generated.says(FILES, names={"New": "new"})
    path.write_bytes(
        known._replace(
            names={"Old": "old"}, inputs=attempt.digests.of_inputs(settings(generated), [""])
        ).to_bytes()
    )
    assert checked(generated) == 4


def settings(project: Project) -> attempt.RunSettings:
    from bindwright.project.configuration.configuration import settle

    return settle(project.flags(), str(project.root))


@pytest.mark.parametrize("how", ["edited", "deleted"])
def test_somebody_edited(generated: Project, how: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = generated.output / "toy/a.py"
    path.write_text("mine\n") if how == "edited" else path.unlink()
    capsys.readouterr()
    assert checked(generated) == 5
    assert f"{how}: toy/a.py" in capsys.readouterr().out


def test_an_edit_is_the_strongest_and_all_are_told(
    generated: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (generated.output / "toy/a.py").write_text("mine\n")
    generated.says({**FILES, "toy/c.py": "c\n"})
    monkeypatch.setattr(attempt, "__version__", "99.0")
    capsys.readouterr()
    assert checked(generated) == 5
    out = capsys.readouterr().out
    assert "edited: toy/a.py" in out
    assert "the document moved" in out
    assert "the generator moved" in out


def test_an_edit_of_a_file_that_is_generated_no_more(generated: Project) -> None:
    (generated.output / "toy/b.py").write_text("mine\n")
    generated.says({"toy/a.py": "a = 1\n"})
    assert checked(generated) == 5


def test_a_bad_document(generated: Project) -> None:
    generated.says({}, error="broken")
    assert checked(generated) == 2


def test_a_long_difference_is_cut_unless_all_is_asked_for(
    generated: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    generated.says({"toy/a.py": "".join(f"x{n} = 1\n" for n in range(500)), "toy/b.py": "b = 1\n"})
    capsys.readouterr()
    assert checked(generated) == 3
    short = capsys.readouterr().out
    assert "more lines" in short
    assert generated.generate(check=True, verbose=True) == 3
    assert "x499" in capsys.readouterr().out
    assert "x499" not in short
