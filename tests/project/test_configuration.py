"""Flags over configuration over defaults."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bindwright.project.configuration import configuration
from bindwright.project.errors import CommandError

FULL = """
[tool.bindwright]
document = "api/openapi.yaml"
output = "generated"
package = "shop"
models = ["pydantic"]
strict = true
[tool.bindwright.names]
Pet = "Animal"
[tool.bindwright.operations."GET /pets"]
name = "all_pets"
pagination = { style = "offset" }
"""


def settle(folder: Path, text: str = "", cwd: str = ".", **flags: Any) -> configuration.RunSettings:
    if text:
        (folder / "pyproject.toml").write_text(text)
    (folder / cwd).mkdir(parents=True, exist_ok=True)
    return configuration.settle({k.replace("_", "-"): v for k, v in flags.items()}, str(folder / cwd))


def test_everything_from_the_file(tmp_path: Path) -> None:
    settings = settle(tmp_path, FULL)
    assert settings.document == str(tmp_path / "api/openapi.yaml")
    assert settings.output == str(tmp_path / "generated")
    assert settings.package == "shop"
    assert settings.models == ("attrs", "pydantic")
    assert settings.strict
    assert settings.names == {"Pet": "Animal"}
    assert settings.operations["GET /pets"]["name"] == "all_pets"


def test_found_upward_with_paths_from_its_own_folder(tmp_path: Path) -> None:
    settings = settle(tmp_path, FULL, cwd="deep/er")
    assert settings.document == str(tmp_path / "api/openapi.yaml")


def test_a_file_without_our_table_does_not_end_the_search(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert settle(tmp_path, FULL, cwd="deep").package == "shop"


def test_flags_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = settle(tmp_path, FULL, output="elsewhere", package="other", strict=False, models=["dataclass"])
    assert settings.output == str(tmp_path / "elsewhere")
    assert settings.package == "other"
    assert not settings.strict
    assert settings.models == ("attrs", "dataclass")
    assert settings.names == {"Pet": "Animal"}, "what is not given comes from the file"


def test_another_document_does_not_land_in_the_configured_folder(tmp_path: Path) -> None:
    settings = settle(tmp_path, FULL, document=str(tmp_path / "other.yaml"))
    assert settings.output == ""
    assert settings.names == {}
    assert settings.strict, "how to read is no matter of one document"
    with pytest.raises(CommandError) as caught:
        configuration.require_output(settings)
    assert caught.value.code == "no-output"


def test_without_any_configuration(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as caught:
        settle(tmp_path)
    assert caught.value.code == "no-document"


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("[tool.bindwright]\noutputs = 'x'\n", "configuration-key", "did you mean 'output'"),
        ("[tool.bindwright]\nstrict = 'yes'\n", "configuration-value", "true or false"),
        ("[tool.bindwright]\nmodels = ['atrs']\n", "model-style", "did you mean 'attrs'"),
        ("[tool.bindwright]\nmodels = 'attrs'\n", "configuration-value", "a list"),
        ("[tool.bindwright.names]\nPet = 1\n", "configuration-value", "string"),
        ("[tool.bindwright.operations]\nx = 1\n", "configuration-value", "table"),
        ("[tool.bindwright.operations.x]\nnames = 'a'\n", "configuration-key", "did you mean 'name'"),
        ("[tool.bindwright\n", "configuration-syntax", "not TOML"),
    ],
)
def test_mistakes_are_told(tmp_path: Path, text: str, code: str, says: str) -> None:
    with pytest.raises(CommandError) as caught:
        settle(tmp_path, text, document="x.yaml")
    assert caught.value.code == code
    assert says in str(caught.value)


@pytest.mark.parametrize("name", ["1st", "class", "a-b", "a..b", "a.class", "bindwright", "päckchen"])
def test_names_that_are_no_package(tmp_path: Path, name: str) -> None:
    settings = settle(tmp_path, document="x.yaml", output="o", package=name)
    with pytest.raises(CommandError):
        configuration.require_output(settings)


def test_a_named_file_must_have_our_table(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("")
    with pytest.raises(CommandError) as caught:
        settle(tmp_path, config=str(tmp_path / "a.toml"), document="x")
    assert caught.value.code == "configuration-missing"
    with pytest.raises(CommandError) as caught:
        settle(tmp_path, config=str(tmp_path / "b.toml"), document="x")
    assert caught.value.code == "configuration-unreadable"
